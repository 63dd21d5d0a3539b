"""Exports of other systems become a roster, and a bad one is told with its place."""

import csv
import io
import re
from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from autograder.roster import Roster, Student, read_roster, roster_of_export, without, write_text
from autograder.tables import TableError, harmless, to_csv

ADA = {"first_name": "Ada", "last_name": "Lovelace", "email": "ada@example.cz"}
EXPORTS = {
    "nbgrader": (
        "id,first_name,last_name,email,lms_user_id\nal,Ada,Lovelace,ada@example.cz,7\n",
        Student("al", **ADA, lms_user_id="7"),
    ),
    "Moodle participants": (
        "\ufeffFirst name,Last name,Username,Email address,Roles,Groups\n"
        "Ada,Lovelace,al,ada@example.cz,Student,Blue\nTea,Cher,tc,t@example.cz,Non-editing teacher,\n",
        Student("al", **ADA, username="al", group="Blue"),
    ),
    "Moodle participants without usernames": (
        "First name,Surname,ID number,Email address\nAda,Lovelace,12345,ada@example.cz\n",
        Student("12345", **ADA),
    ),
    "Moodle worksheet": (
        "Identifier,Full name,Email address,Status,Grade\n"
        "Participant 7,Ada Lovelace,ada@example.cz,-,\n",
        Student("ada", **ADA),
    ),
    "Canvas gradebook": (
        "Student,ID,SIS User ID,SIS Login ID,Section,Homework (3),Current Score\n"
        ",,,,,Manual Posting,\n"
        "    Points Possible,,,,,22.00,(read only)\n"
        '"Lovelace, Ada",7,u-1,al,One,,\n"Student, Test",8,,x,One,,\n',
        Student("al", "Ada", "Lovelace", "", "7", "al"),
    ),
    "Canvas gradebook with split names": (
        "LastName,FirstName,ID,SIS User ID,SIS Login ID,Section\n"
        "    Points Possible,,,,,\nLovelace,Ada,7,,al,One\n",
        Student("al", "Ada", "Lovelace", "", "7", "al"),
    ),
    "Gradescope": (
        "First Name,Last Name,SID,Email,Role\nAda,Lovelace,12,ada@example.cz,Student\n"
        "I,T,,i@example.cz,Instructor\nT,A,,t@example.cz,TA\n",
        Student("12", **ADA),
    ),
    "Excel in German": (
        "First name;Last name;Username;Email address\r\nAda;Lovelace;al;ada@example.cz\r\n",
        Student("al", **ADA, username="al"),
    ),
}


@pytest.fixture
def write(tmp_path):
    def write(text: str | bytes):
        path = tmp_path / "export.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


@pytest.mark.parametrize("name", EXPORTS)
def test_export_is_understood(write, name):
    text, student = EXPORTS[name]
    assert roster_of_export(write(text)).students == (student,)


def test_unicode_text_of_excel_is_understood(write):
    text = "First name\tLast name\tUsername\nJan\tDvořák\tjd\n"
    (student,) = roster_of_export(write(text.encode("utf-16"))).students
    assert student == Student("jd", "Jan", "Dvořák", username="jd")


CLASSES = {
    "Czech": ["Dvořák", "Růžičková", "Němec", "Müller"],
    "Slovak": ["Kováč", "Ľubomír", "Hôrka"],
    "Polish": ["Łukasz", "Wiśniewski", "Zając"],
    "Hungarian": ["Kőrösi", "Szűcs", "Győző"],
    "French": ["Hélène", "Irène", "François", "Noël"],
    "German": ["Müller", "Groß", "Jäger"],
    "Nordic": ["Bjørn", "Åse", "Jørgensen"],
    "Spanish": ["Muñoz", "Núñez", "Peña"],
}
EIGHT_BITS = dict.fromkeys(CLASSES, "cp1252") | dict.fromkeys(
    ("Czech", "Slovak", "Polish", "Hungarian"), "cp1250"
)
LAYOUTS = {
    "commas": (",", "{head}\n{rows}\n"),
    "semicolons": (";", "{head}\r\n{rows}\r\n"),
    "tabs": ("\t", "{head}\n{rows}\n"),
    "bars": ("|", "{head}\n{rows}\n"),
    "empty lines": (";", "\n;;\n{head}\n\n;;\n{rows}\n\n"),
    "Excel's separator line": (";", "sep=;\r\n{head}\r\n{rows}\r\n"),
    "old Macintosh": (",", "{head}\r{rows}\r"),
}


ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")


@pytest.mark.parametrize(
    ("language", "layout", "encoding"),
    [
        *((language, "semicolons", EIGHT_BITS[language]) for language in CLASSES),
        *product(["Czech"], LAYOUTS, [*ENCODINGS, "cp1250"]),
    ],
)
def test_whatever_excel_writes_is_read(write, language, layout, encoding):
    sign, form = LAYOUTS[layout]
    head = sign.join(["id", '"last_name, as in the ""register"";"', "last_name"])
    students = [Student(f"s{i}", "", name) for i, name in enumerate(CLASSES[language])]
    rows = re.sub(r"\r$", "", form.partition("{head}")[2][:1]) or "\r"
    lines = rows.join(sign.join([s.id, f'"a{sign} b"', s.last_name]) for s in students)
    text = form.format(head=head, rows=lines).encode(encoding)
    assert read_roster(write(text)).students == tuple(students)


def test_another_column_can_be_the_id(write):
    path = write("First name,Last name,Username,Matriculation\nAda,Lovelace,al,m77\n")
    assert roster_of_export(path, "matriculation").students[0].id == "m77"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "no row with headings"),
        ("Username\n", "names no students"),
        ("Username\na/b\n", "«a/b» cannot be the name of a folder"),
        ("Username\n<b>\n", "«<b>» cannot be the name of a folder"),
        ("Username\n..\n", "«..» cannot be the name of a folder"),
        ("Username,First name\nAl,Ada\nal,Albert\n", "«al» is the id of Ada and of Albert"),
        ("First name,Username\nAda,al\nBen,\n", "row 3 has nothing that could be an id"),
        (b"Username\n\0\xff\n", "is not text; save it as «CSV UTF-8»"),
    ],
)
def test_bad_export_is_one_line_with_file_and_place(write, text, told):
    path = write(text)
    with pytest.raises(TableError, match=re.escape(told)) as caught:
        roster_of_export(path)
    assert str(caught.value).startswith(str(path))
    assert "\n" not in str(caught.value)


def test_roster_comes_back_as_it_was_written(write):
    roster = Roster([Student("al", **ADA, group="Blue"), Student("b", "Ben, Jr.", 'O"Hara')])
    assert read_roster(write(write_text(roster))).students == roster.students


def test_student_is_found_by_any_name_of_theirs():
    roster = Roster([Student("al", **ADA, lms_user_id="7", username="lovelace")])
    for handle in ("AL", "lovelace", "Ada@example.cz"):
        assert roster.by_handle(handle)
    assert roster.by_lms_user_id("7")
    assert not roster.by_handle("7")
    for name in ("ada lovelace", "LovelaceAda", "Lovelace, Áda"):
        assert roster.by_name(name)


def test_username_of_one_does_not_take_the_id_of_another():
    roster = Roster([Student("a", username="b"), Student("b")])
    assert roster.by_handle("b") == Student("b")


def test_address_that_two_have_is_nobodys():
    roster = Roster([Student("a", email="b@example.cz"), Student("b", email="B@example.cz")])
    assert roster.by_handle("b@example.cz") is None
    assert roster.by_handle("b@example.cz", "b") == Student("b", email="B@example.cz")


def test_without_takes_one():
    roster = Roster([Student("a"), Student("b")])
    assert without(roster, "a").students == (Student("b"),)


@pytest.mark.parametrize(
    "name",
    ["Max;-1+1", "Max\t@SUM(A1)", "Max,+1", "=1+1", "a\n=1", "\n=1", "\0=1", "＝1+1", "a;－1"],
)
def test_no_text_is_a_formula_whatever_sign_separates_cells(name):
    text = to_csv(["name"], [[name]])

    assert not re.search(r"(^|[,;\t\r\n\"])[\0=+@＝＋－＠-]", text)


@pytest.mark.parametrize(
    "comment", ["well done:\n• a\n• b", "-1.5", "-", "Müller, Ada", "1;2", "a-b = c"]
)
def test_what_is_no_formula_stays_as_it_is(comment):
    assert harmless(comment) == comment


PIECES = st.sampled_from(
    [*",;\t|\r\n\v\f\x85\u2028\u2029", *"=+-@＝＋－＠", '"', "'", " ", "x", "1", "\0"]
)
TEXTS = st.lists(PIECES, max_size=8).map("".join)
NUMBER = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?")


def cells_of(text, separator):
    """The cells as a spreadsheet reads them that knows quotes, and as one that does not."""
    yield from (
        cell
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        for cell in row
    )
    for row in text.splitlines():
        yield from next(csv.reader([row], delimiter=separator), [])
        yield from row.split(separator)


@pytest.mark.parametrize("separator", ",;\t|")
@given(
    st.lists(st.lists(TEXTS, min_size=2, max_size=3), min_size=1, max_size=2),
    st.sampled_from(",;\t"),
)
@example([['x;"=1+1', "y"]], ",")
@example([["x| =1+1", "y"]], ",")
@example([["x\u2028-1+1", "y"]], ",")
@example([["-5", "3+cmd|x"]], ",")
def test_no_text_is_a_formula_however_a_spreadsheet_reads_the_file(separator, rows, written_with):
    text = to_csv(["a", "b", "c"], rows, written_with)

    for cell in cells_of(text, separator):
        said = cell.lstrip(' \t\r\n\v\f\x85\u2028\u2029"\0')
        assert not said.startswith(tuple("=+-@＝＋－＠")) or said == "-" or NUMBER.fullmatch(said)
