"""Archives that would write elsewhere, follow links or fill the disk."""

import os
import stat
import struct
import zipfile

import pytest
from collect_kit import NAME, collect, lines, notebook, submitted

A = notebook("a")
GOOD = "Ada Lovelace_2_assignsubmission_file_/a.ipynb"
BAD = "Jan Dvořák_1_assignsubmission_file_"


def collected(course, path, capsys) -> str:
    """The one line that is said; the good student is there all the same."""
    assert collect(course, path, "--from", "moodle") == 1
    assert submitted(course) == {"ada": A}
    (line,) = lines(capsys)
    return line


@pytest.mark.parametrize(
    "name",
    [
        f"../../{BAD}/a.ipynb",
        f"{BAD}/../../../../etc/a.ipynb",
        f"/{BAD}/a.ipynb",
        f"..\\{BAD}\\a.ipynb",
        f"C:/{BAD}/a.ipynb",
    ],
)
def test_entry_that_climbs_out_is_refused(course, export, tmp_path, capsys, name):
    before = sorted(tmp_path.parent.iterdir())

    assert "outside of the folder" in collected(course, export({GOOD: A, name: A}), capsys)
    assert sorted(tmp_path.parent.iterdir()) == before


def test_link_in_a_zip_is_refused(course, export, capsys):
    path = export({GOOD: A})
    with zipfile.ZipFile(path, "a") as archive:
        info = zipfile.ZipInfo(f"{BAD}/a.ipynb")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")

    assert "is a link" in collected(course, path, capsys)


def test_bomb_is_refused_by_its_size_and_by_what_it_gives(course, export, capsys):
    path = export({GOOD: A})
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{BAD}/a.ipynb", b"0" * (64 << 20))
    assert "is larger than 20 MB" in collected(course, path, capsys)

    data = bytearray(path.read_bytes())
    size = struct.pack("<I", 64 << 20)
    assert data.count(size) == 2
    path.write_bytes(bytes(data).replace(size, struct.pack("<I", 1000)))
    assert collect(course, path, "--from", "moodle") == 1
    assert "jan" not in submitted(course)


def test_encrypted_entry_is_refused(course, export, capsys):
    path = export({GOOD: A, f"{BAD}/a.ipynb": A})
    data = bytearray(path.read_bytes())
    directory = data.index(b"PK\x01\x02")
    second = data.index(b"PK\x01\x02", directory + 1)
    for place in (directory, second):
        if BAD.encode()[:3] in data[place + 46 : place + 56]:
            data[place + 8] |= 1
    path.write_bytes(data)

    assert "is encrypted" in collected(course, path, capsys)


def test_damaged_entry_is_refused(course, export, capsys):
    path = export({GOOD: A, f"{BAD}/a.ipynb": notebook("damage here")})
    path.write_bytes(path.read_bytes().replace(b"damage here", b"damage done"))

    assert "is damaged" in collected(course, path, capsys)


def test_archive_within_an_archive_is_told(course, export, capsys):
    path = export({GOOD: A, f"{BAD}/work.zip": "PK"})
    assert "packed once more" in collected(course, path, capsys)


def test_name_that_no_disk_holds_is_refused(course, export, capsys):
    path = export({GOOD: A, f"{BAD}/{'1_' * 200}.ipynb": A})
    assert "more than 255 bytes" in collected(course, path, capsys)


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x05\x06" + b"\xff" * 18])
def test_what_is_no_zip_is_told(course, tmp_path, capsys, content):
    path = tmp_path / "export.zip"
    path.write_bytes(content)

    assert collect(course, path, "--from", "moodle") == 1
    (line,) = lines(capsys)
    assert str(path) in line


def test_more_notebooks_of_one_student_than_anybody_writes_are_refused(course, export, capsys):
    many = {f"{BAD}/{number}.ipynb": notebook(str(number)) for number in range(51)}
    assert "has 51 notebooks" in collected(course, export({GOOD: A, **many}), capsys)


def test_notebooks_of_one_student_that_would_fill_the_memory_are_refused(
    course, export, capsys, monkeypatch
):
    monkeypatch.setattr("autograder.collecting.place.MAX_BYTES_OF_ONE", 3 * len(A))
    many = {f"{BAD}/{number}.ipynb": A for number in range(4)}
    assert "has notebooks of more than" in collected(course, export({GOOD: A, **many}), capsys)


def test_links_in_a_folder_are_not_followed(course, tmp_path, capsys):
    secret = tmp_path / "secret"
    (secret / "jan").mkdir(parents=True)
    (secret / "jan" / "work.ipynb").write_text(notebook("secret"))
    place = tmp_path / "in"
    place.mkdir()
    (place / "jan.ipynb").symlink_to(secret / "jan" / "work.ipynb")
    (place / "ada").symlink_to(secret / "jan")
    os.mkfifo(place / "eve.ipynb")

    assert collect(course, place, "--from", "folder") == 1
    assert submitted(course) == {}
    assert len(lines(capsys)) == 3


def test_link_where_the_submission_would_lie_is_refused(course, tmp_path, export, capsys):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (course / "submitted" / "jan").mkdir(parents=True)
    (course / "submitted" / "jan" / NAME).symlink_to(elsewhere)

    collected(course, export({GOOD: A, f"{BAD}/a.ipynb": A}), capsys)
    assert list(elsewhere.iterdir()) == []
