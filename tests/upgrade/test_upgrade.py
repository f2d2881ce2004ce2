"""A platform made by commit a5348f8 migrates forward and works: migrations, isolation, data, sessions, links, jobs."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from tests.cast import Answer
from tests.customers import Customer
from tests.database import another_database
from tests.environment import WORKER
from tests.servers import Platform, wait_for
from tests.upgrade.contents import Rows, columns_of, lost_or_changed, rows_after, rows_before
from tests.upgrade.names import command_today, table_today
from tests.upgrade.objects import objects
from tests.upgrade.restored import HELD, SCHEMA_TEMPLATE, old_platform, superuser

pytestmark = pytest.mark.slow

PASSWORD, PEOPLE, ORGANIZATIONS = HELD["password"], HELD["people"], HELD["organizations"]
#: An answer is kept for a day, a month ends, a removal falls due: the platform is restored as if it were of today.
MADE_TODAY = (
    "UPDATE public.quotas SET period_starts_on = date_trunc('month', now() AT TIME ZONE 'UTC') WHERE period = 'month'",
    "UPDATE public.organizations SET removal_due_at = now() + interval '30 days' WHERE removal_due_at IS NOT NULL",
)


class Upgraded:
    """The old platform, migrated and served: with what was in it, and people who hold what they held before."""

    def __init__(self, platform: Platform, before: Rows, after: Rows) -> None:
        self.platform, self.before, self.after = platform, before, after

    def call(self, method: str, path: str, body: Any = None, *, who: str = "", **headers: str) -> Answer:
        """Send one request, with the access token that `who` held."""
        access = PEOPLE[who]["access"] if who else ""
        return self.platform.call(method, f"/api/v1/{path}", body, access=access, **headers)

    def log_in(self, who: str, password: str = PASSWORD, **named: str) -> tuple[int, str]:
        answer = self.call("POST", "auth/login/", {"email": PEOPLE[who]["email"], "password": password, **named})
        return answer.status, answer.body.get("code", "")


@pytest.fixture(scope="module")
def upgraded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Upgraded]:
    with old_platform(tmp_path_factory.mktemp("var")) as platform:
        with superuser() as connection:
            columns = columns_of(connection)
            before = rows_before(connection, columns)
            platform.manage("migrate")
            after = rows_after(connection, columns)
            for statement in MADE_TODAY:
                connection.execute(statement)
            for schema in ("public", *ORGANIZATIONS.values()):
                kept = sql.Identifier(schema, table_today("answers"))
                connection.execute(sql.SQL("UPDATE {} SET created_at = now()").format(kept))
        platform.manage(command_today("check_walls"))  # or it raises: the exit status says whether anything differs
        with platform.serving(), platform.working():
            yield Upgraded(platform, before, after)


def test_the_dump_has_rows_in_every_table(upgraded: Upgraded) -> None:
    empty = {place for place, rows in upgraded.before.items() if not rows}
    of_nobody = {place for place in upgraded.before if place[0] == SCHEMA_TEMPLATE and place[1] != "django_migrations"}
    assert (empty, len(ORGANIZATIONS)) == (of_nobody, 3)


INDEX = ("public", "directory")


def test_every_row_of_every_table_is_still_there(upgraded: Upgraded) -> None:
    """All but lines of the e-mail index: those of addresses that nobody proved go."""
    assert list(lost_or_changed(upgraded.before, upgraded.after)) == [INDEX]
    assert set(upgraded.after[INDEX]) < set(upgraded.before[INDEX])


def test_the_e_mail_index_leads_to_whoever_proved_their_address(upgraded: Upgraded) -> None:
    with superuser() as connection:
        for schema in ORGANIZATIONS.values():
            query = sql.SQL(
                "SELECT count(*), (SELECT count(*) FROM {}"
                " WHERE email_confirmed_at IS NOT NULL AND is_active AND deleted_at IS NULL)"
                " FROM public.email_index AS i JOIN public.organizations AS o ON o.id = i.organization_id WHERE schema_name = %s"
            ).format(sql.Identifier(schema, "users"))
            ((lines, proven),) = connection.execute(query, [schema]).fetchall()
            assert (lines, proven > 0) == (proven, True)


def test_a_lost_row_and_a_changed_one_would_be_noticed(upgraded: Upgraded) -> None:
    place = (ORGANIZATIONS["acme"], "users")
    first, *others = upgraded.before[place]
    for spoilt in (others, [(*first[:-1], "changed"), *others]):
        assert place in lost_or_changed(upgraded.before, upgraded.after | {place: spoilt})


def test_every_object_is_as_on_a_platform_made_today(upgraded: Upgraded) -> None:
    """Nothing under an old name is left behind: no trigger that writes a second entry, no function, no policy."""
    with (
        another_database(f"workix_upgrade_fresh_{WORKER}") as settings,
        psycopg.connect(settings["WORKIX_SETUP_DATABASE_URL"]) as fresh,
        superuser() as connection,
    ):
        for schema in ("public", SCHEMA_TEMPLATE):
            made_today = objects(fresh, schema, settings["WORKIX_ROLE_PREFIX"])
            assert objects(connection, schema) ^ made_today == set()
        template = _without_grants(objects(connection, SCHEMA_TEMPLATE))
        for schema in ORGANIZATIONS.values():
            assert _without_grants(objects(connection, schema)) ^ template == set()


def _without_grants(lines: set[str]) -> set[str]:
    """Leave out who may do what: nobody is granted anything on the template, and the check of the isolation looks."""
    return {re.sub(r" ?\{[^}]*=[^}]*\}", "", line) for line in lines}


def test_an_object_left_behind_would_be_noticed(upgraded: Upgraded) -> None:
    with superuser() as connection, connection.transaction(force_rollback=True):
        before = objects(connection, "public")
        connection.execute("CREATE FUNCTION public.left_behind() RETURNS integer LANGUAGE sql AS 'SELECT 1'")
        (found,) = objects(connection, "public") - before
        assert found.startswith("function <schema>.left_behind ")


def test_people_log_in_with_their_old_passwords(upgraded: Upgraded) -> None:
    expected = {
        **dict.fromkeys(("alice", "bob", "gina", "mallory", "otto"), (200, "")),
        "vera": (401, "invalid_credentials"),  # not confirmed
        "milton": (403, "organization_suspended"),
        "carl": (401, "invalid_credentials"),  # removed
    }
    assert {who: upgraded.log_in(who) for who in expected} == expected
    assert upgraded.log_in("vera", organization="acme") == (403, "email_not_confirmed")
    assert upgraded.log_in("alice", "a guess of somebody else") == (401, "invalid_credentials")


def test_old_sessions_go_on(upgraded: Upgraded) -> None:
    held = PEOPLE["bob"]
    assert upgraded.call("GET", "me/", who="bob").body["email"] == held["email"]
    renewed = upgraded.call("POST", "auth/refresh/", {"refresh": held["refresh"]})
    assert (renewed.status, renewed.body["user"]["email"]) == (200, held["email"])
    spent = upgraded.call("POST", "auth/refresh/", {"refresh": held["refresh"]})
    assert (spent.status, spent.body["code"]) == (401, "session_revoked")
    assert upgraded.call("GET", "me/", who="bob").status == 401


def test_browsers_are_still_logged_in(upgraded: Upgraded) -> None:
    for who, host in (("alice", "acme.localhost"), ("gina", "globex.localhost"), ("otto", "localhost")):
        cookie = f"workix={PEOPLE[who]['cookie']}"
        pages = [upgraded.platform.call("GET", "/admin/", host=host, **sent) for sent in ({"Cookie": cookie}, {})]
        assert [page.status for page in pages] == [200, 302]


def test_old_idempotency_keys_replay_their_answers(upgraded: Upgraded) -> None:
    kept = [each for each in HELD["answers"] if each["who"] != "milton"]
    assert len(kept) == 3 + 2 + 1 + 2
    for each in kept:
        answer = upgraded.call("POST", each["path"], each["body"], who=each["who"], **{"Idempotency-Key": each["key"]})
        assert (answer.status, answer.body) == (201, each["answer"])
        assert answer.headers["Idempotency-Replayed"] == "true"
    reused = upgraded.call(
        "POST", "quotas/pipelines/consumptions/", {"amount": 1}, who="alice", **{"Idempotency-Key": "take-3"}
    )
    assert (reused.status, reused.body["code"]) == (409, "idempotency_key_reused")


def test_the_trail_lists_its_old_entries_and_takes_new_ones(upgraded: Upgraded) -> None:
    old = {row[0] for row in upgraded.before[ORGANIZATIONS["acme"], "audit_logs"]}
    listed, path = set(), "audit-logs/?page_size=100"
    while path:
        page = upgraded.call("GET", path, who="alice").body
        listed |= {entry["id"] for entry in page["results"]}
        path = (page["next"] or "").partition("/api/v1/")[2]
    assert (old - listed, len(old) >= 15) == (set(), True)
    assert upgraded.call("PATCH", "organization/", {"name": "Acme Inc"}, who="alice").status == 200
    assert _newest(upgraded) == ("organization.renamed", "person", {"name": ["Acme Ltd", "Acme Inc"]})
    with superuser() as connection:
        users = sql.Identifier(ORGANIZATIONS["acme"], "users")
        connection.execute(sql.SQL("UPDATE {} SET first_name = 'Al' WHERE first_name = 'Alice'").format(users))
    assert _newest(upgraded) == ("user.updated", "database", {"first_name": ["Alice", "Al"]})


def _newest(upgraded: Upgraded) -> tuple[str, str, Any]:
    entry = upgraded.call("GET", "audit-logs/", who="alice").body["results"][0]
    return entry["action"], entry["actor"]["type"], entry["changes"]


def test_quotas_count_on_from_where_they_were(upgraded: Upgraded) -> None:
    def take(resource: str, amount: int) -> tuple[int, Any]:
        answer = upgraded.call("POST", f"quotas/{resource}/consumptions/", {"amount": amount}, who="alice")
        return answer.status, answer.body.get("code", answer.body.get("used"))

    assert [take("pipelines", 2), take("pipelines", 1)] == [(201, 5), (403, "quota_exceeded")]
    assert take("executions", 1) == (201, 8)
    past = upgraded.call("GET", "quotas/executions/history/", who="alice").body["results"]
    assert [each["used"] for each in past] == [40]
    person = {"email": "ivan@acme.example", "password": PASSWORD, "role": "user"}
    refused = upgraded.call("POST", "users/", person, who="alice")
    told = refused.status, refused.body["code"], refused.body["limit"], refused.body["used"]
    assert told == (403, "quota_exceeded", 3, 3)
    assert upgraded.call("POST", "users/", {**person, "email": "ivan@globex.example"}, who="gina").status == 201
    assert upgraded.call("GET", "quotas/users/", who="gina").body["used"] == 3


def test_the_counters_of_people_are_the_numbers_of_their_rows(upgraded: Upgraded) -> None:
    with superuser() as connection:
        for schema in ORGANIZATIONS.values():
            people = sql.Identifier(schema, "users")
            query = sql.SQL(
                "SELECT used, (SELECT count(*) FROM {} WHERE deleted_at IS NULL) FROM public.quotas AS q"
                " JOIN public.organizations AS o ON o.id = organization_id WHERE schema_name = %s AND resource = 'users'"
            ).format(people)
            ((used, there),) = connection.execute(query, [schema]).fetchall()
            assert (used, there > 0) == (there, True)


def test_links_mailed_before_still_work(upgraded: Upgraded) -> None:
    vera = {"token": HELD["links"]["vera"]}
    answers = [upgraded.call("POST", "auth/confirm-email/", vera) for _ in range(2)]
    assert [answer.status for answer in answers] == [204, 400]
    assert upgraded.log_in("vera") == (200, "")
    new = {"token": HELD["links"]["mallory"], "password": "another horse battery staple"}
    assert upgraded.call("POST", "auth/password-reset/confirm/", new).status == 204
    assert upgraded.log_in("mallory", new["password"]) == (200, "")


def test_jobs_that_waited_are_done(upgraded: Upgraded) -> None:
    folder = Path(upgraded.platform.settings["WORKIX_VAR"]) / "mail"
    for who in ("alice", "gina"):
        assert wait_for(lambda who=who: _reset_link(folder, PEOPLE[who]["email"]))  # type: ignore[misc]
    new = {"token": _reset_link(folder, PEOPLE["alice"]["email"]), "password": "a longer horse battery staple"}
    assert upgraded.call("POST", "auth/password-reset/confirm/", new).status == 204
    failed = "SELECT task_name FROM procrastinate_jobs WHERE status = 'failed'"
    with superuser() as connection:
        wait_for(lambda: connection.execute(failed).fetchall() == [("accounts.forgotten",)] or None)


def _reset_link(folder: Path, address: str) -> str | None:
    for path in sorted(folder.glob("*.eml")):
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        body = message.get_body(("plain",))
        found = re.search(r"/reset-password/#(\S+)", body.get_content()) if body and message["To"] == address else None
        if found:
            return found[1]
    return None


def test_what_was_suspended_or_to_be_removed_can_come_back(upgraded: Upgraded) -> None:
    upgraded.platform.manage("restore_organization", "initech", "--reason", "Paid")
    assert upgraded.log_in("milton") == (200, "")
    removal = [upgraded.call("DELETE", "organization/deletion/", who="gina") for _ in range(2)]
    assert [answer.status for answer in removal] == [204, 404]


def test_another_organization_opens_and_migrating_again_has_nothing_to_do(upgraded: Upgraded) -> None:
    hooli = Customer(upgraded.platform, "hooli")
    assert hooli.open().status == 201
    assert hooli.call("POST", "auth/confirm-email/", {"token": hooli.link()}).status == 204
    assert hooli.log_in().status == 200
    oldest_last = [each["action"] for each in hooli.call("GET", "audit-logs/").body["results"]]
    assert oldest_last[-2:] == ["organization.opened", "user.created"]
    applied = _applied_migrations()
    assert upgraded.platform.manage("migrate").splitlines()[-1] == "4 organizations, 0 migrated."
    assert _applied_migrations() == applied
    upgraded.platform.manage(command_today("check_walls"))


def _applied_migrations() -> list[tuple[Any, ...]]:
    with superuser() as connection:
        return connection.execute("SELECT app, name, applied FROM public.django_migrations ORDER BY id").fetchall()
