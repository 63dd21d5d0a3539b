"""Pages stand where nbgrader looks for them, whole or as they were."""

import pytest
from engine_kit import LOGISTIC, SOFTMAX
from markup import dangers
from test_feedback_pages import failed, report

from autograder.directory import Directory
from autograder.feedback.write import write_feedback


def test_pages_stand_where_nbgrader_looks_for_them(tmp_path):
    handed_in = tmp_path / "submitted" / "ada" / SOFTMAX
    handed_in.mkdir(parents=True)
    (handed_in / "timestamp.txt").write_text("2026-11-20 10:00:00 UTC")
    (handed_in / "submission_secret.txt").symlink_to("/etc/hostname")

    html, markdown = write_feedback(Directory(tmp_path), "ada", report())

    folder = tmp_path / "feedback" / "ada" / SOFTMAX
    assert (html, markdown) == (folder / f"{SOFTMAX}.html", folder / f"{SOFTMAX}.md")
    assert {path.name for path in folder.iterdir()} == {html.name, markdown.name, "timestamp.txt"}
    assert html.stat().st_mode & 0o777 == 0o644


def test_folder_that_is_a_link_brings_no_secret_of_a_neighbour(tmp_path):
    theirs = tmp_path / "submitted" / "ada" / SOFTMAX
    theirs.mkdir(parents=True)
    (theirs / "submission_secret.txt").write_text("Ada's")
    (tmp_path / "submitted" / "eve").symlink_to("ada")

    html, _ = write_feedback(Directory(tmp_path), "eve", report())

    assert not (html.parent / "submission_secret.txt").exists()


def test_page_that_cannot_be_written_leaves_the_old_one(tmp_path, monkeypatch):
    html, _ = write_feedback(Directory(tmp_path), "ada", report())
    before = html.read_text()
    monkeypatch.setattr(
        "os.replace", lambda *_: (_ for _ in ()).throw(OSError(28, "no space left"))
    )

    with pytest.raises(OSError, match="no space"):
        write_feedback(Directory(tmp_path), "ada", report(softmax=failed()))

    assert html.read_text() == before
    assert len(list(html.parent.iterdir())) == 2


@pytest.mark.parametrize(
    "name", ["Jürgen O'Neil", "<script>alert(1)", "100%", "名前", "a\nb", "\udcff"]
)
def test_odd_names_are_names_of_folders_and_texts_of_pages(tmp_path, name):
    html, _ = write_feedback(Directory(tmp_path), name, report(name, LOGISTIC))

    assert dangers(html.read_text()) == []
