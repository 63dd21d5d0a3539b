"""docs/jupyterhub.md does what it says: an instructor and two students share an exchange.

As root they are three Unix users, made for this and deleted. Else, or where those could not read the
environment, the students are «jovyan» as in a hub of containers: one Unix user, and JUPYTERHUB_USER says who
it is; then permissions hold nothing. `make guide` runs this, and CI once more as root in a clone for all.
"""

import json
import os
import pwd
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from shell_blocks import blocks

from autograder.authoring.build import source_notebook
from autograder.sandbox.jail import bubblewrap
from glm2mlp.catalogue import ASSIGNMENTS

GUIDE = Path(__file__).parents[2] / "docs" / "jupyterhub.md"
NAME = "softmax_regression"
TEACHER, ADA, EVE = "glm2mlp-teacher", "glm2mlp-ada", "glm2mlp-eve"
BIN = Path(sys.executable).parent


@dataclass(frozen=True)
class Person:
    name: str
    home: Path
    config: Path
    user: pwd.struct_passwd | None = None
    container: tuple[str, ...] = ()

    def run(self, commands: str) -> subprocess.CompletedProcess[str]:
        """Run commands as a shell of this person's would, in the home."""
        return subprocess.run(
            [*self.container, "bash", "-euo", "pipefail", "-c", commands],
            cwd=self.home,
            capture_output=True,
            text=True,
            env={
                "PATH": f"{BIN}:/usr/local/bin:/usr/bin:/bin:/usr/sbin",
                "LANG": "C.UTF-8",
                "HOME": str(self.home),
                "USER": self.name,
                "JUPYTERHUB_USER": self.name,
                "JUPYTER_CONFIG_PATH": str(self.config),
            },
            user=self.user and self.user.pw_uid,
            group=self.user and self.user.pw_gid,
            extra_groups=self.user and [],
            umask=0o022,
            check=False,
        )

    def do(self, commands: str) -> str:
        done = self.run(commands)
        assert done.returncode == 0, f"{self.name}: {commands}\n{done.stdout}\n{done.stderr}"
        return done.stdout + done.stderr


@dataclass(frozen=True)
class Hub:
    exchange: Path
    people: dict[str, Person]

    @property
    def of_users(self) -> bool:
        """Whether the three are Unix users, so that permissions hold something."""
        return self.people[EVE].user is not None


def accounts(folder: Path) -> dict[str, pwd.struct_passwd] | None:
    """Three new Unix users, if that can be: by root, and where they can read the environment."""
    if os.getuid() != 0 or shutil.which("useradd") is None:
        return None
    for name in (TEACHER, ADA, EVE):
        command = ["useradd", "--no-create-home", "--home-dir", str(folder / name), name]
        subprocess.run(command, check=True)
    users = {name: pwd.getpwnam(name) for name in (TEACHER, ADA, EVE)}
    tried = Person(ADA, Path("/"), folder, users[ADA]).run(
        f"{sys.executable} -c 'import autograder, glm2mlp, nbgrader'"
    )
    return users if tried.returncode == 0 else None


def container(folder: Path) -> tuple[str, ...]:
    """The beginning of a command that runs as jovyan, and is whoever runs this test outside."""
    passwd = folder / "passwd"
    passwd.write_text("jovyan:x:1000:1000::/:/bin/bash\n")
    as_jovyan = ("--unshare-user", "--uid", "1000", "--gid", "1000")
    bound = ("--dev-bind", "/", "/", "--ro-bind", str(passwd), "/etc/passwd")
    return (bubblewrap(), *as_jovyan, *bound, "--")


def delete_accounts() -> None:
    for name in (TEACHER, ADA, EVE):
        if name in {user.pw_name for user in pwd.getpwall()}:
            subprocess.run(["userdel", name], check=True, capture_output=True)


@pytest.fixture(scope="module")
def hub(request) -> Iterator[Hub]:
    """The server, up to «The steps»: an exchange, a configuration for all, homes."""
    folder = Path(tempfile.mkdtemp(prefix="glm2mlp-hub-"))
    folder.chmod(0o755)
    delete_accounts()
    try:
        users = accounts(folder) or {}
        kind = "three Unix users" if users else "students are jovyan; permissions hold nothing"
        request.config.get_terminal_writer().line(f"\nthe hub: {kind}")
        exchange = folder / "exchange"
        config = re.search(r"```python\n(.*?)```", GUIDE.read_text(), re.DOTALL)[1]
        (folder / "etc").mkdir()
        (folder / "etc" / "nbgrader_config.py").write_text(
            config.replace("/srv/nbgrader/exchange", str(exchange))
            + ("" if users else "c.ExchangeCollect.check_owner = False\n")
        )
        people = {}
        for name in (TEACHER, ADA, EVE):
            home = folder / name
            home.mkdir(mode=0o700)
            inside = () if users or name == TEACHER else container(folder)
            people[name] = Person(name, home, folder / "etc", users.get(name), inside)
            if users:
                os.chown(home, users[name].pw_uid, users[name].pw_gid)
        roster = f"id,first_name,last_name,email\n{ADA},Ada,Lovelace,\n{EVE},Eve,Adams,\n"
        (people[TEACHER].home / "students.csv").write_text(roster)
        yield Hub(exchange, people)
    finally:
        delete_accounts()
        shutil.rmtree(folder)


def commands(who: str) -> str:
    """The guide's block that begins so."""
    (found,) = (b.commands for b in blocks(GUIDE) if b.commands.startswith(f"# {who}\n"))
    return found


@pytest.fixture(scope="module")
def course(hub) -> Path:
    """The course directory after the whole guide; Ada's work is right, Eve's is as it was given out."""
    teacher, ada, eve = hub.people.values()
    text = commands("as root, once").replace("/srv/nbgrader/exchange", str(hub.exchange))
    subprocess.run(["bash", "-euc", text], check=True)
    teacher.do(commands("the instructor"))
    for student in (ada, eve):
        student.do(commands("each student"))
    ada.do(f"cat > {NAME}/{NAME}.ipynb <<'END'\n{source_notebook(ASSIGNMENTS[NAME])}END")
    for student in (ada, eve):
        student.do(commands("each student, in the end"))
    teacher.do(commands("the instructor, in the end"))
    for student in (ada, eve):
        student.do(commands("each student, for the feedback"))
    return teacher.home / "my-course"


def test_points_are_those_of_the_work(hub, course):
    points = {
        student: json.loads((course / "reports" / NAME / f"{student}.json").read_text())["points"]
        for student in (ADA, EVE)
    }
    assert points == {ADA: 20, EVE: 0}


def test_each_student_has_the_own_feedback(hub, course):
    for student, earned in ((ADA, "20.0 / 22.0"), (EVE, "0.0 / 22.0")):
        (page,) = (hub.people[student].home / NAME / "feedback").glob(f"*/{NAME}.html")
        assert f"(Score: {earned})" in page.read_text()


def test_times_of_handing_in_are_known(course):
    for student in (ADA, EVE):
        assert (course / "submitted" / student / NAME / "timestamp.txt").read_text().endswith("UTC")


def test_unix_users_hold_students_apart_and_one_user_for_all_does_not(hub, course):
    eve = hub.people[EVE]
    # What is in «inbound» can be read by whoever knows its name, of which a part is random.
    inbound = hub.exchange / "glm2mlp" / "inbound"
    private = [course / "course.key", course / "gradebook.db", hub.people[ADA].home, inbound]

    read = [path for path in private if eve.run(f"cp -r '{path}' $(mktemp -d)").returncode == 0]

    if hub.of_users:
        assert read == []
        assert "not permitted" in eve.run(f"mv {hub.exchange}/glm2mlp {hub.exchange}/away").stderr
    else:
        assert read == private


def test_what_eve_lays_down_under_another_name_is_collected_only_where_nobody_can_tell(hub, course):
    name = f"{ADA}+{NAME}+2099-01-01 00:00:00 UTC"
    forged = f"mkdir '{name}' && echo '{{}}' > '{name}/{NAME}.ipynb' && chmod -R a+rX '{name}'"
    hub.people[EVE].do(f"cd {hub.exchange}/glm2mlp/inbound && {forged}")

    said = hub.people[TEACHER].do(f"cd my-course && nbgrader collect {NAME} --update")

    own = (course / "submitted" / ADA / NAME / f"{NAME}.ipynb").stat().st_size > 10
    assert own == hub.of_users
    assert ("Updating submission" in said) != hub.of_users
