"""manage.py import_people: what it prints, and that whatever a file is, it is a sentence and never a traceback."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.acts import rows
from tests.cast import Cast
from tests.unit.accounts.login.foreign import HASHES

COUNT = "SELECT count(*) FROM users WHERE email LIKE '%%@old.example'"


def run(file: Path, *arguments: str) -> str:
    out = StringIO()
    call_command("import_people", "acme", str(file), "--reason", "moved", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def file(tmp_path: Path, acme: Cast) -> Path:
    written = tmp_path / "people.csv"
    written.write_text(f"email,password_hash\r\na@old.example,{HASHES['bcrypt']}\r\nb@old.example,\r\n", "utf-8-sig")
    return written


def test_it_says_what_would_be_and_does_it_when_told_to(acme: Cast, file: Path) -> None:
    assert run(file) == "2 people, 1 of them with a password, would be imported; --apply does it.\n"
    assert rows(COUNT, acme) == [(0,)]
    assert run(file, "--apply") == "2 people, 1 of them with a password, were imported.\n"
    assert rows(COUNT, acme) == [(2,)]


def test_it_speaks_json(file: Path) -> None:
    done = {"applied": True, "people": 2, "with_password": 1, "faults": [], "more_faults": 0}
    assert json.loads(run(file, "--json", "--apply")) == done


def test_a_second_time_everybody_is_there_and_each_is_named_by_line(acme: Cast, file: Path) -> None:
    run(file, "--apply")
    out = StringIO()
    with pytest.raises(CommandError, match=r"Faults in the file: 2\. Nobody was imported\."):
        call_command("import_people", "acme", str(file), "--reason", "moved", "--apply", "--json", stdout=out)
    taken = "Somebody in this organization has this address."
    faults = [{"line": number, "field": "email", "detail": taken} for number in (2, 3)]
    assert json.loads(out.getvalue()) == {"applied": False, "people": 0, "faults": faults, "more_faults": 0}
    assert rows(COUNT, acme) == [(2,)]


def test_faults_are_sentences_with_their_lines(file: Path) -> None:
    file.write_bytes(b"email,role\nx,king\n\xff\n")
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("import_people", "acme", str(file), "--reason", "moved", stdout=out)
    assert out.getvalue().splitlines() == [
        "Line 2, email: This is no e-mail address.",
        "Line 2, role: Use one of admin, user, viewer.",
        "Line 3: This line is not UTF-8. Save the file as UTF-8.",
    ]


def test_of_many_faults_the_first_hundred_are_told(file: Path) -> None:
    file.write_text("email\n" + "x\n" * 150)
    out = StringIO()
    with pytest.raises(CommandError, match="Faults in the file: 150"):
        call_command("import_people", "acme", str(file), "--reason", "moved", stdout=out)
    told = out.getvalue().splitlines()
    assert (len(told), told[-1]) == (101, "And 50 more.")


def test_the_name_of_the_file_says_its_form_unless_one_is_named(tmp_path: Path, acme: Cast) -> None:
    text = '{"email": "a@old.example"}\n'
    for name, more in (("people.ndjson", ()), ("people.jsonl", ()), ("people.txt", ("--format", "ndjson"))):
        (tmp_path / name).write_text(text)
        assert json.loads(run(tmp_path / name, "--json", *more))["people"] == 1


@pytest.mark.parametrize("what", ["missing", "a folder", "no organization", "no reason"])
def test_what_can_not_be_read_is_a_sentence(tmp_path: Path, file: Path, what: str) -> None:
    path = {"missing": tmp_path / "nowhere.csv", "a folder": tmp_path}.get(what, file)
    slug, reason = "nobody" if what == "no organization" else "acme", " " if what == "no reason" else "moved"
    with pytest.raises(CommandError):
        call_command("import_people", slug, str(path), "--reason", reason, stdout=StringIO())
