"""Drift: spoils what is declared as a superuser could, and asks manage.py check_isolation what it sees of it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from functools import reduce

from django.core.management import call_command
from psycopg import sql

from tests.cast import Cast
from tests.database import roles_locked, superuser

CONTROL, SEQUENCER, GROUP = "workix_test_control", "workix_test_sequencer", "workix_test_tenants"
WATCHDOG = "workix_test_watchdog"
OWNER = "workix_test_owner"


def check(*options: str) -> tuple[int, list[str]]:
    """Return the exit status and the lines of check_isolation; the last two are not of drifts."""
    said, status = io.StringIO(), 0
    try:
        call_command("check_isolation", *options, stdout=said)
    except SystemExit as leaving:
        status = int(str(leaving.code))
    return status, said.getvalue().splitlines()


def spoil(cast: Cast, *damages: str) -> None:
    """Run statements as the superuser: {schema} and {role} are the organization's; {control}, {group}, {owner}, {database}."""
    names = {"schema": cast.organization.schema_name, "role": cast.organization.schema_name}
    names |= {"control": CONTROL, "sequencer": SEQUENCER, "watchdog": WATCHDOG, "group": GROUP, "owner": OWNER}
    with superuser() as behind:
        named = {word: sql.Identifier(name) for word, name in (names | {"database": behind.info.dbname}).items()}
        for damage in damages:
            behind.execute(sql.SQL(damage).format(**named))  # type: ignore[arg-type]  # ours


def seen_and_repaired(cast: Cast, *damages: str) -> list[str]:
    """Spoil something; return what is said of it, and see it repaired."""
    spoil(cast, *damages)
    _, said = check()
    repaired = check("--repair")  # which looks again, and says what is left
    assert repaired == (
        0,
        [*(f"Repaired: {line}" for line in said[:-2]), said[-2], "2 organizations, 0 differences left."],
    )
    with superuser() as behind:
        names = {
            cast.organization.schema_name: "ORG",
            behind.info.dbname: "DATABASE",
            CONTROL: "CONTROL",
            SEQUENCER: "SEQUENCER",
            WATCHDOG: "WATCHDOG",
            GROUP: "GROUP",
        }
    return [reduce(lambda line, name: line.replace(name, names[name]), names, line) for line in said[:-2]]


@contextmanager
def everything_repaired_after() -> Iterator[None]:
    """Have the server's roles to oneself, and leave everything as declared."""
    with roles_locked(alone=True):
        yield
        assert check("--repair")[0] == 0
