"""manage.py show_declarations: the auditor reads in one place what every app declares beside itself."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

from django.core.management import call_command

from tests.cast import Cast
from tests.database import superuser


def show(*options: str) -> str:
    output = StringIO()
    call_command("show_declarations", *options, stdout=output)
    return output.getvalue()


def row(found: dict[str, Any], section: str, **wanted: str) -> Any:
    ((key, value),) = wanted.items()
    return next(each for each in found[section] if each[key] == value)


def test_each_kind_is_there_with_what_an_auditor_asks(acme: Cast) -> None:
    found = json.loads(show("--json"))
    assert row(found, "permissions", permission="users:write") == {
        "permission": "users:write",
        "held by": "admin",
        "API keys": "never",
        "allows": "Invite, add, change and remove people.",
    }
    users = row(found, "tables", table="users")
    assert (users["tenant role"], users["audited as"]) == ("SELECT, INSERT, UPDATE, DELETE", "user")
    trail = row(found, "tables", table="audit_logs")
    assert (trail["tenant role"], trail["audited as"]) == ("SELECT, INSERT of 17 columns", "not: it is the trail")
    assert row(found, "columns", column="users.password_hash")["holds"] == "secret"
    assert row(found, "columns", column="users.email") == {
        "column": "users.email",
        "app": "accounts",
        "holds": "personal",
    }


def test_every_table_of_an_organization_is_in_it(acme: Cast) -> None:
    with superuser() as behind:
        there = behind.execute(
            "SELECT tablename::text FROM pg_tables WHERE schemaname = %s", [acme.organization.schema_name]
        ).fetchall()
    listed = {each["table"] for each in json.loads(show("--json"))["tables"] if each["tenant role"]}
    assert listed == {name for (name,) in there} - {"django_migrations"}


def test_people_read_tables(acme: Cast) -> None:
    said = show()
    assert [
        each in said
        for each in ("\nPermissions\n", "users:write", "Invite, add, change and remove people.", "\nColumns\n")
    ] == [True] * 4
