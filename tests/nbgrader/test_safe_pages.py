"""No request makes formgrader read a configuration of a student's, in a checkout and from a wheel."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import zipfile
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

import pytest
from hatchling.builders.wheel import WheelBuilder
from jupyter_server.extension.config import ExtensionConfigManager
from notebooks import NAME, hand_in, solved
from thinning import slow

from autograder.cli import main
from autograder.gradebook import add_students
from autograder.roster import Roster, Student

FOLDER = f"submitted/eve/{NAME}"
ROOT = Path(__file__).parents[2]
CONFIGURATION = "etc/jupyter/jupyter_server_config.d/nbgrader_safe_pages.json"
SCRIPT = "<script>mark()</script>"
BASE = "/user/ada"  # as on a hub


def plant(course):
    """Hand in configurations that leave a mark in the course when they are run; return where."""
    folder = course / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("nbgrader_config.py", ".jupytext.py", "jupyter_server_config.py"):
        (folder / name).write_text(f"open({str(course / 'mark')!r}, 'w').close()\n")
    return folder


@pytest.fixture
def hostile(course):
    """A course with a submission that leaves a mark beside its configuration when that is run."""
    notebook = (course / "source" / NAME / f"{NAME}.ipynb").read_bytes()
    (plant(course) / f"{NAME}.ipynb").write_bytes(notebook)
    return course


@pytest.fixture(scope="module")
def graded(built, tmp_path_factory):
    """The same, graded; whoever may write their own name may write the one that its student has."""
    course = shutil.copytree(built, tmp_path_factory.mktemp("graded") / "course")
    add_students(course, Roster([Student("eve", f"Eve{SCRIPT}", f"{SCRIPT}Adams")]))
    hand_in(course, "eve", solved())
    assert main(["grade", NAME, "--course", str(course)]) == 0
    plant(course)
    return course


@pytest.fixture(scope="module")
def ask(graded, tmp_path_factory):
    """Asks a Jupyter server that was started in the graded course."""
    with jupyter(graded, tmp_path_factory.mktemp("jupyter")) as ask:
        yield ask


@contextmanager
def jupyter(course, tmp_path, *options, **environment):
    """A Jupyter server that was started in a course; yields a function that asks it for an address.

    It listens at a Unix socket: another test's server may take a free port between its choice and its use.
    """
    own = {f"JUPYTER_{kind}_DIR": str(tmp_path / kind) for kind in ("CONFIG", "RUNTIME", "DATA")}
    folder = tempfile.TemporaryDirectory()  # the path of a socket has at most 107 bytes
    address = f"{folder.name}/socket"
    words = [
        "--no-browser",
        "--allow-root",
        "--IdentityProvider.token=",
        f"--ServerApp.sock={address}",
    ]
    words += [f"--ServerApp.base_url={BASE}", "--ServerApp.disable_check_xsrf=True", *options]
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyter_server", *words],
        cwd=course,
        env={**os.environ, **own, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        with socket.socket(socket.AF_UNIX) as first:
            while first.connect_ex(address):
                assert server.poll() is None
                time.sleep(0.05)

        def ask(path, method="GET", body=None):
            connection = HTTPConnection("localhost", timeout=60)
            connection.sock = socket.socket(socket.AF_UNIX)
            connection.sock.connect(address)
            kind = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
            connection.request(method, BASE + path, body, kind)
            answer = connection.getresponse()
            text, ask.kind = answer.read().decode(), answer.headers["Content-Type"]
            connection.close()
            return answer.status, text

        yield ask
    finally:
        server.terminate()
        server.wait()
        folder.cleanup()


def spellings(course):
    for folder in (FOLDER, quote(FOLDER, safe=""), str(course / FOLDER), f"%20{FOLDER}%0a"):
        yield from (f"/formgrader?path={folder}", f"/formgrader/?path={folder}")
        yield from (f"/formgrader?%70a%74h={folder}", f"/formgrader?path=&path={folder}&path=")
        yield f"/formgrader?path={folder}&path="
        yield f"/formgrader?path=&path={folder}"
    for page in (
        "manage_assignments",
        "api/status",
        "api/assignments",
        "gradebook",
        "submissions/1/x",
    ):
        yield f"/formgrader/{page}?path={FOLDER}"


OTHERS = [
    *(f"/%66ormgrader?path={FOLDER}", f"//formgrader?path={FOLDER}", f"/formgrader;path={FOLDER}"),
    *(
        f"/formgrader?x=1;path={FOLDER}",
        f"/formgrader?PATH={FOLDER}",
        f"/formgrader?path[]={FOLDER}",
    ),
    *(f"/api/contents/{FOLDER}/{NAME}.ipynb", f"/files/{FOLDER}/nbgrader_config.py"),
    *(f"/assignments?course_id={FOLDER}&path={FOLDER}", f"/courses?path={FOLDER}"),
    f"/formgraders?path={FOLDER}",
]


def test_no_request_runs_a_configuration_of_a_submission(graded, ask):
    answers = {path: ask(path) for path in spellings(graded)}
    for path in OTHERS:
        ask(path)
    assert ask("/formgrader", "POST", f"path={FOLDER}")[0] == 403
    for kind in ("fetch", "submit", "fetch_feedback"):
        ask(f"/assignments/{kind}", "POST", f"course_id=..&assignment_id={FOLDER}")
    status, own = ask("/formgrader/manage_assignments")

    assert {status for status, _ in answers.values()} == {403}
    assert {text.partition(":")[0] for _, text in answers.values()} == {"formgrader takes no path"}
    assert not (graded / "mark").exists()
    assert status == 200
    assert "glm2mlp" in own  # the course's own configuration was read


ADDRESSES = [
    *("manage_students/{}", "manage_students/eve/{}", "manage_submissions/{}"),
    *("gradebook/{}", "gradebook/x/{}", "submissions/{}/", "submissions/1/{}.png"),
    *("api/student_submissions/{}", "api/submission/{}/eve", "api/submission/x/{}"),
]


def test_no_part_of_an_address_is_html(ask):
    texts = (f"</script>{SCRIPT}", '";mark();"', "<img src=x onerror=mark()>")
    answers = [
        ask(f"/formgrader/{address.format(quote(text, safe=''))}")
        for address in ADDRESSES
        for text in texts
    ]
    assert ask("/formgrader/manage_students/o'neil")[0] == 200

    assert {status for status, _ in answers} == {404}
    assert not any("mark()" in text for _, text in answers)


def test_answers_in_json_are_no_html(ask):
    kinds = set()
    for address in ("formgrader/api/students", "assignments?course_id=x", "formgraders"):
        assert ask(f"/{address}")[0] == 200
        kinds.add(ask.kind)
    _, text = ask(f"/nbgrader_version?version={quote(SCRIPT)}")
    assert SCRIPT in text
    kinds.add(ask.kind)

    assert kinds == {"text/plain; charset=UTF-8"}


def test_submission_shows_names_as_text_and_no_other_file(graded, ask):
    _, found = ask(f"/formgrader/api/submitted_notebooks/{NAME}/{NAME}")
    assert "Adams" in found
    submission = f"/formgrader/submissions/{json.loads(found)[0]['id']}"
    _, page = ask(f"{submission}/")
    (graded / "autograded" / "eve" / NAME / "page.html").write_text(SCRIPT)
    others = [ask(f"{submission}/{path}") for path in ("page.html", "..%2f..%2f..%2fcourse.key")]

    assert "&lt;script&gt;mark()&lt;/script&gt;Adams, Eve&lt;" in page
    assert "<script>mark" not in page
    assert [status for status, _ in others] == [404, 404]


@slow
def test_formgrader_as_nbgrader_loads_it_would_run_it(hostile, tmp_path):
    stock = {"autograder.safe_pages": False, "nbgrader.server_extensions.formgrader": True}
    (tmp_path / "CONFIG").mkdir()
    (tmp_path / "CONFIG" / "jupyter_server_config.json").write_text(
        json.dumps({"ServerApp": {"jpserver_extensions": stock}})
    )
    with jupyter(hostile, tmp_path) as ask:
        ask(f"/formgrader?path={FOLDER}")

    assert (hostile / "mark").exists()


def test_without_our_module_there_is_no_formgrader(hostile, tmp_path):
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "sitecustomize.py").write_text(
        "import sys; sys.modules['autograder.safe_pages'] = None\n"
    )
    with jupyter(hostile, tmp_path, PYTHONPATH=str(broken)) as ask:
        found = [ask(f"/formgrader?path={FOLDER}"), ask("/formgrader/manage_assignments")]
        assert ask("/api/status")[0] == 200

    assert [status for status, _ in found] == [404, 404]
    assert not (hostile / "mark").exists()


def test_checkout_has_formgrader_through_our_module_only():
    manager = ExtensionConfigManager(read_config_path=[str(Path(sys.prefix, "etc", "jupyter"))])
    enabled = manager.get_jpserver_extensions()

    assert enabled["autograder.safe_pages"]
    assert not enabled["nbgrader.server_extensions.formgrader"]


def test_wheel_has_formgrader_through_our_module_only(tmp_path):
    (wheel,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (n for n in archive.namelist() if n.endswith(f".data/data/{CONFIGURATION}"))
        installed = archive.read(name)
        assert "autograder/safe_pages.py" in archive.namelist()

    assert installed == Path(sys.prefix, CONFIGURATION).read_bytes()
