"""manage.py tenant_command and all_tenants_command: as the organization's role, with a reason, in its trail, each by itself."""

from __future__ import annotations

import getpass
import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from psycopg import sql

from tenants.models import Status
from tenants.scope import use_tenant
from tests.acts import rows, set_status
from tests.cast import Cast
from tests.database import superuser

SHELL = ("shell", "--no-imports", "-c")
WHY = ("--reason", "ticket 7")
WHOAMI = """
from django.db import connection
from workix.core.current import Current
with connection.cursor() as cursor:
    cursor.execute("SELECT session_user")
    print(cursor.fetchone()[0], Current.organization.slug, Current.actor.type, Current.context.reason)
"""
COUNT = "from accounts.models import User; print(User.objects.count())"
FAIL_AT_ACME = "from workix.core.current import Current; 1 / (Current.organization.slug != 'acme')"


def run(command: str, *arguments: str) -> tuple[str, str]:
    """Return what a command says, on both streams."""
    out, err = io.StringIO(), io.StringIO()
    call_command(command, *arguments, stdout=out, stderr=err)
    return out.getvalue().strip(), err.getvalue().strip()


def entries(cast: Cast) -> list[tuple[Any, ...]]:
    return rows(
        "SELECT action, changes, reason, actor_type, actor_label, source, database_role FROM audit_logs"
        " WHERE resource_type = 'command' ORDER BY created_at, id",
        cast,
    )


def entry(cast: Cast, action: str, *options: str, command: str = "shell", **more: str) -> tuple[Any, ...]:
    changes = {"command": command, "options": list(options), **more}
    who = ("system", f"{getpass.getuser()} on the command line")
    return (action, changes, "ticket 7", *who, "application", cast.organization.schema_name)


@pytest.mark.parametrize("name", ["slug", "schema_name"])
def test_a_command_runs_as_the_role_of_its_organization(
    name: str, acme: Cast, globex: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    run("tenant_command", *SHELL, WHOAMI, "-s", getattr(acme.organization, name), *WHY)
    assert capsys.readouterr().out.split() == [acme.organization.schema_name, "acme", "system", "ticket", "7"]
    assert entries(acme) == [entry(acme, "command.run", "--no-imports", "-c")]
    assert entries(globex) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("--schema", "acme", *WHY, *SHELL, COUNT),
        ("shell", "-s", "acme", "--no-imports", *WHY, "-c", COUNT),
        (*WHY, *SHELL, COUNT, "--schema=acme", "--no-public"),
        ("--schema_name", "acme", "shell", *WHY, "--", "--no-imports", "-c", COUNT),
        ("-s", "acme", *WHY, "shell", "--", "--no-imports", "-c", COUNT),
    ],
)
def test_our_options_may_stand_anywhere(
    arguments: tuple[str, ...], acme: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    run("tenant_command", *arguments)
    assert capsys.readouterr().out == "3\n"


@pytest.mark.parametrize("named", ["acme", ["acme"]])
def test_code_names_the_organization_as_it_did_with_django_tenants(named: str | list[str], acme: Cast) -> None:
    call_command("tenant_command", "check", schema_name=named, reason="ticket 7", stdout=io.StringIO())
    assert entries(acme) == [entry(acme, "command.run", command="check")]


def test_what_a_command_says_is_passed_on(acme: Cast) -> None:
    out, err = run("tenant_command", "dumpdata", "accounts.user", "-s", "acme", *WHY)
    assert ([each["fields"]["email"] for each in json.loads(out)], err) == (
        ["alice@acme.example", "bob@acme.example", "vera@acme.example"],
        "",
    )


@pytest.mark.parametrize("reason", [(), ("--reason", ""), ("--reason", "  "), ("--reason=\t",)])
@pytest.mark.parametrize("command", ["tenant_command", "all_tenants_command"])
def test_without_a_reason_nothing_runs(command: str, reason: tuple[str, ...], acme: Cast) -> None:
    with pytest.raises(CommandError, match="Say why"):
        run(command, *SHELL, "raise SystemError", "-s", "acme", *reason)
    assert entries(acme) == []


@pytest.mark.parametrize("command", ["tenant_command", "all_tenants_command"])
def test_an_entry_names_options_and_nothing_they_were_given(command: str, acme: Cast) -> None:
    given = ["--password=hunter2", "hunter3", "--username", "alice", "-v2", "-phunter4", "-"]
    given += ["--", "--deploy", "--", "--hunter5"]
    with pytest.raises(CommandError, match="unrecognized arguments"):
        run(command, "check", "-s", "acme", *WHY, *given)
    options = ["--password", "--username", "-v", "-p", "--deploy"]
    assert entries(acme) == [
        entry(acme, "command.run", *options, command="check"),
        entry(acme, "command.failed", *options, command="check", error="CommandError"),
    ]


@pytest.mark.parametrize(
    ("statement", "error"),
    [
        ("1 / 0", ZeroDivisionError),
        ("raise SystemExit(3)", SystemExit),
        ("raise KeyboardInterrupt", KeyboardInterrupt),
        ("from django.db import connection as c; c.set_schema_to_public(); 1 / 0", ZeroDivisionError),
    ],
)
def test_a_command_that_fails_is_recorded_as_failed(statement: str, error: type[BaseException], acme: Cast) -> None:
    with pytest.raises(error):
        run("tenant_command", *SHELL, statement, "-s", "acme", *WHY)
    options = ("--no-imports", "-c")
    assert entries(acme) == [
        entry(acme, "command.run", *options),
        entry(acme, "command.failed", *options, error=error.__name__),
    ]


def test_a_command_that_ends_itself_well_has_not_failed(acme: Cast) -> None:
    with pytest.raises(SystemExit):
        run("tenant_command", *SHELL, "raise SystemExit(0)", "-s", "acme", *WHY)
    assert entries(acme) == [entry(acme, "command.run", "--no-imports", "-c")]


def test_where_no_entry_can_be_left_nothing_runs(acme: Cast) -> None:
    table = sql.Identifier(acme.organization.schema_name, "audit_logs")
    with superuser() as behind:
        behind.execute(sql.SQL("ALTER TABLE {} ADD CONSTRAINT closed CHECK (false) NOT VALID").format(table))
    try:
        with pytest.raises(IntegrityError, match="closed"):
            run("tenant_command", *SHELL, "raise SystemError", "-s", "acme", *WHY)
    finally:
        with superuser() as behind:
            behind.execute(sql.SQL("ALTER TABLE {} DROP CONSTRAINT closed").format(table))


@pytest.mark.parametrize(
    ("wrapped", "said"),
    [
        (("flush", "--no-input"), "The database refused flush: "),
        (("showmigrations",), "The database refused showmigrations: permission denied"),
        (
            (*SHELL, "from tenants.models import Domain; Domain.objects.get()"),
            "The database refused shell: permission den",
        ),
        (
            ("migrate",),
            "migrate acts on the platform, with rights no organization has. Run it by itself: manage.py migrate",
        ),
        (("makemigrations", "--dry-run"), "makemigrations acts on the platform"),
        (("set_plan", "acme", "enterprise"), "set_plan acts on the platform"),
        (("create_operator", "m@example.com"), "create_operator acts on the platform"),
        (("tenant_command", "check"), "tenant_command acts on the platform"),
        (("nowhere",), "There is no command 'nowhere'. `manage.py help` lists all."),
        (("check", "--bogus"), "Error: unrecognized arguments: --bogus"),
    ],
)
def test_what_an_organizations_role_may_not_do_is_refused_in_a_sentence(
    wrapped: tuple[str, ...], said: str, acme: Cast
) -> None:
    before = rows("SELECT plan, status FROM organizations WHERE slug = 'acme'")
    for command in ("tenant_command", "all_tenants_command"):
        with pytest.raises(CommandError) as caught:
            run(command, *WHY, "-s", "acme", *wrapped)
        assert said in str(caught.value)
    assert rows("SELECT plan, status FROM organizations WHERE slug = 'acme'") == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check", "-s", "nowhere"), "There is no organization 'nowhere'."),
        (("check", "-s", "public"), "There is no organization 'public'."),
        (("check",), "Name one organization: --schema <slug>. For several there is all_tenants_command."),
        (("check", "-s", "acme", "-s", "globex"), "Name one organization"),
        (("check", "-s"), "Error: argument -s/--schema/--schema_name: expected one argument"),
        ((), "Error: the following arguments are required: command"),
    ],
)
def test_an_organization_that_is_not_named_or_not_there_is_a_sentence(
    arguments: tuple[str, ...], said: str, acme: Cast, globex: Cast
) -> None:
    with pytest.raises(CommandError) as caught:
        run("tenant_command", *WHY, *arguments)
    assert str(caught.value).startswith(said)
    assert [*entries(acme), *entries(globex)] == []


def test_a_removed_organization_is_unknown_and_a_suspended_one_is_not(acme: Cast) -> None:
    set_status(acme, Status.SUSPENDED)
    run("tenant_command", "check", "-s", "acme", *WHY)
    rows("UPDATE organizations SET deleted_at = now() WHERE slug = 'acme'")
    run("tenant_command", "check", "-s", "acme", *WHY)  # what this process believes for a few seconds
    assert len(entries(acme)) == 2


def test_all_organizations_are_visited_each_as_itself(
    acme: Cast, globex: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("all_tenants_command", *SHELL, WHOAMI, *WHY, "--no-public") == ("", "1/2 acme: done\n2/2 globex: done")
    said = [line.split()[:2] for line in capsys.readouterr().out.splitlines()]
    assert said == [[each.organization.schema_name, each.organization.slug] for each in (acme, globex)]
    for cast in (acme, globex):
        assert entries(cast) == [entry(cast, "command.run", "--no-imports", "-c")]


def test_those_that_are_named_are_visited_once_and_no_other(acme: Cast, globex: Cast) -> None:
    assert run("all_tenants_command", "check", "-s", "globex", "-s", "globex", *WHY)[1] == "1/1 globex: done"
    assert (entries(acme), len(entries(globex))) == ([], 1)
    with pytest.raises(CommandError, match="There is no organization 'nowhere'"):
        run("all_tenants_command", "check", "-s", "globex", "-s", "nowhere", *WHY)
    assert len(entries(globex)) == 1


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (FAIL_AT_ACME, "ZeroDivisionError: division by zero"),
        (FAIL_AT_ACME.replace("1 / (", "exit(2 * (not ").replace("acme')", "acme'))"), "It ended with status 2."),
    ],
)
def test_one_that_fails_stops_no_other_and_is_listed(statement: str, said: str, acme: Cast, globex: Cast) -> None:
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(CommandError) as caught:
        call_command("all_tenants_command", *SHELL, statement, *WHY, stdout=out, stderr=err)
    assert str(caught.value) == f"shell failed in 1 of 2 organizations:\n  acme: {said}"
    assert err.getvalue() == f"1/2 acme: {said}\n2/2 globex: done\n"
    assert [each[0] for each in entries(acme)] == ["command.run", "command.failed"]
    assert [each[0] for each in entries(globex)] == ["command.run"]


def test_a_command_of_ours_called_inside_keeps_organization_and_reason(acme: Cast) -> None:
    from workix.core.commands import Command
    from workix.core.current import Current

    class Inner(Command):
        def handle(self, *args: Any, **options: Any) -> str:
            return f"{Current.organization.slug} {Current.context.reason}"

    with use_tenant(acme.organization), Current.scoped(organization=acme.organization, reason="ticket 7"):
        assert call_command(Inner(stdout=io.StringIO())) == "acme ticket 7"
