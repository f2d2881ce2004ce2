"""manage.py import_organization: what was exported comes back row by row, and nothing of it lets anybody in by itself."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError
from django.db import connection

from tenants.plans import Plan
from tests.acts import rows, used
from tests.cast import PASSWORD, Api, Cast
from tests.integration.privacy.organizations.archives import (
    IDA,
    JOE,
    Archived,
    files_of,
    forged,
    found,
    rows_of,
    with_manifest,
    with_row,
)
from tests.integration.privacy.organizations.conftest import Import
from tests.integration.tenants.neighbours.neighbours import neighbours_untouched
from tests.integration.tenants.test_provisioning import everything
from tests.integration.tenants.trail.sequenced import fault_of, sequence_all

NEW = "another horse battery staple"


def test_every_row_is_as_it_was_under_another_slug_and_is_counted(
    initech: Archived, import_it: Import, acme: Cast
) -> None:
    with neighbours_untouched(acme.organization):
        told = json.loads(import_it("--slug", "intertrode", "--confirmed", "--json"))
    cast = found("intertrode")
    assert rows_of(cast) == initech.rows
    assert (str(cast.organization.id), cast.organization.status, used(cast, "users")) == (initech.id, "active", 2)
    assert (told["applied"], told["rows"]["users"], told["left_out"]) == (True, 3, {"passkeys": 1})
    assert rows("SELECT count(*) FROM passkeys", cast) == [(0,)]
    homes = rows("SELECT count(*) FROM email_index WHERE organization_id = %(id)s", id=cast.organization.id)
    assert homes == [(2,)]
    sequence_all()
    assert fault_of(cast) == ""


def test_its_trail_begins_anew_and_says_what_the_former_one_was(initech: Archived, import_it: Import) -> None:
    import_it()
    cast = found("initech")
    ((changes, reason),) = rows("SELECT changes, reason FROM audit_logs WHERE action = 'organization.imported'", cast)
    files = files_of(initech.content)
    notes = [json.loads(line).get("checkpoint") for line in files["trail.ndjson"].splitlines()]
    assert reason == "They come"
    assert changes["archive"]["sha256"] == hashlib.sha256(initech.content).hexdigest()
    assert changes["trail"]["sha256"] == hashlib.sha256(files["trail.ndjson"]).hexdigest()
    assert changes["trail"]["checkpoint"] == next(note for note in reversed(notes) if note)
    created = "SELECT count(*) FROM audit_logs WHERE action = 'user.created' AND is_verified"
    assert rows(created, cast) == [(3,)]


def test_nobody_gets_in_before_they_prove_their_address_and_set_a_password(
    import_it: Import, run_jobs: Callable[[], None]
) -> None:
    import_it()
    cast = found("initech")
    assert cast.organization.status == "pending"
    assert rows("SELECT count(*) FROM users WHERE email_confirmed_at IS NOT NULL OR password_hash !~ '^!'", cast) == [
        (0,)
    ]
    run_jobs()
    assert [each.to for each in mail.outbox] == [[IDA]]
    token = str(mail.outbox[0].body).partition("/confirm-email/#")[2].split()[0]
    assert Api().post("auth/confirm-email/", {"token": token}).status == 204
    assert Api().post("auth/password-reset/", {"email": IDA}).status == 202
    run_jobs()
    token = str(mail.outbox[-1].body).partition("/#")[2].split()[0]
    assert Api().post("auth/password-reset/confirm/", {"token": token, "password": NEW}).status == 204
    assert [Api().post("auth/login/", {"email": IDA, "password": each}).status for each in (PASSWORD, NEW)] == [
        401,
        200,
    ]
    assert Api().post("auth/login/", {"email": JOE, "password": PASSWORD}).status == 401


def test_a_dry_run_says_what_would_be_and_leaves_nothing(import_it: Import) -> None:
    before = everything()
    assert import_it("--dry-run").splitlines()[0] == "6 rows of 5 tables would be imported as initech."
    assert everything() == before


REFUSED = {
    "its slug is taken": (("--slug", "acme"), "This slug is taken"),
    "its slug is none": (("--slug", "www"), "This name is reserved"),
    "there are more people than the plan grants": (("--users", "1"), "The archive holds more users than is granted"),
}


@pytest.mark.parametrize(("arguments", "said"), REFUSED.values(), ids=REFUSED)
def test_it_is_refused_and_leaves_nothing_where(import_it: Import, arguments: tuple[str, ...], said: str) -> None:
    before = everything()
    with pytest.raises(CommandError, match=said):
        import_it(*arguments)
    assert everything() == before


def test_it_comes_once(import_it: Import) -> None:
    import_it("--plan", Plan.PRO)
    before = everything()
    with pytest.raises(CommandError, match="here already, or is being removed"):
        import_it("--slug", "initech-2")
    assert everything() == before


def test_who_dies_in_the_middle_leaves_nothing_and_the_next_one_succeeds(
    import_it: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server's process ends, and with it the transaction, as it does when the command is killed."""
    before = everything()

    def die(*_: object, **__: object) -> None:
        connection.connection.close()

    with monkeypatch.context() as broken:
        broken.setattr("privacy.organizations.importing.importing.record", die)
        with pytest.raises(CommandError):
            import_it()
    assert everything() == before
    import_it()
    assert found("initech").people.keys() == {"ida", "joe"}


NOBODY, NIL = "01890000-0000-7000-8000-000000000000", "00000000-0000-0000-0000-000000000000"
AUTHID = {"tables": {"pg_authid": {"rows": 0, "sha256": ""}}}
#: What is forged -> how, where it is found, and what is said of it.
FAULTS = {
    "a person who would be an operator": (
        with_row("users", 1, organization_id=None),
        "tables/users.ndjson, line 1, organization_id",
        "This is another organization's, or nobody's.",
    ),
    "a hash of a password": (
        with_row("users", 1, password_hash="!x"),
        "tables/users.ndjson, line 1, password_hash",
        "There is no such column here, or it takes no value from an archive.",
    ),
    "a role that there is not": (
        with_row("users", 2, role="operator"),
        "tables/users.ndjson, line 2, role",
        "This is none of the values that there are.",
    ),
    "an address in another form": (
        with_row("users", 2, email="Joe@Initech.example"),
        "tables/users.ndjson, line 2, email",
        "An address has one form here, and this is another: lower case, and its domain in ASCII.",
    ),
    "a name of two lines": (
        with_row("users", 2, first_name="Joe\n"),
        "tables/users.ndjson, line 2, first_name",
        "Use no control characters, and one line only.",
    ),
    "a NUL": (
        with_row("users", 2, first_name="J\0e"),
        "tables/users.ndjson, line 2",
        "There is a NUL in a text, or half of a character (a surrogate of UTF-16).",
    ),
    "a number for a text": (
        with_row("users", 2, first_name=7),
        "tables/users.ndjson, line 2, first_name",
        "This is of another kind than the column.",
    ),
    "a time beyond time": (
        with_row("users", 2, created_at="9999-12-31T23:59:59-10:00"),
        "tables/users.ndjson, line 2, created_at",
        "This is none of what the column holds.",
    ),
    "a column that is missing": (
        with_row("users", 2, email=...),
        "tables/users.ndjson, line 2, email",
        "This is missing.",
    ),
    "a reference to nobody": (
        with_row("role_members", 1, user_id=NOBODY),
        "tables/role_members.ndjson, line 1, user_id",
        "It points to a row that is not in the archive.",
    ),
    "an address that is there twice": (
        with_row("users", 2, email=IDA),
        "tables/users.ndjson, line 2",
        "The database refuses this row: user_once_per_address.",
    ),
    "no admin": (
        with_row("users", 1, is_active=False),
        "tables/users.ndjson, role",
        "There is no active admin in it.",
    ),
    "a table that is not ours": (
        lambda files: (files.update({"tables/pg_authid.ndjson": b"{}\n"}), with_manifest(**AUTHID)(files)),
        "manifest.json, tables.pg_authid",
        "There is no such table here.",
    ),
    "the id of the blueprint": (
        with_manifest(organization={"id": NIL, "slug": "nil", "name": "Nil"}),
        "manifest.json, organization.id",
        "This is no id of an organization.",
    ),
}


@pytest.mark.parametrize(("change", "where", "said"), FAULTS.values(), ids=FAULTS)
def test_a_forged_archive_is_refused_by_file_and_line(
    initech: Archived, import_it: Import, change: Callable[[dict[str, bytes]], object], where: str, said: str
) -> None:
    before, printed = everything(), StringIO()
    with pytest.raises(CommandError, match=r"Faults in the archive: \d+\. Nothing was imported"):
        import_it(content=forged(initech.content, change), said=printed)
    assert f"{where}: {said}" in printed.getvalue().splitlines()
    assert everything() == before


def test_a_trail_that_was_altered_is_named(initech: Archived, import_it: Import) -> None:
    def alter(files: dict[str, bytes]) -> None:
        files["trail.ndjson"] = files["trail.ndjson"].replace(b"user.created", b"user.deleted", 1)

    said = StringIO()
    with pytest.raises(CommandError):
        import_it(content=forged(initech.content, alter), said=said)
    assert "trail.ndjson: The entry" in said.getvalue()
    assert "was altered" in said.getvalue()
