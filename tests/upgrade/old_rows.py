"""Puts rows into every table of the old platform, by the code of commit a5348f8 (imported by make_dump.py only)."""

from __future__ import annotations

import asyncio
import json
import re
from typing import Any

import psycopg
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django import app
from psycopg import sql
from tenants.queue import queue_connector

from accounts.operators import create_operator

PASSWORD = "correct horse battery staple"
PLATFORM = "localhost"
#: Where nothing of that commit leaves a row, with the reason: the only tables that may be empty in the dump.
NO_ROWS = {
    # The blueprint's schema is an organization without anybody: only its migrations are counted.
    "org_00000000000000000000000000000000": {
        *("users", "sessions", "mailed_tokens", "django_session", "answers", "audit_logs")
    },
}
#: Alice, Gina and Milton are the first admins. Carl and Dora come and go, Vera never confirms, Initech is suspended.
CAST = {
    "acme": {"alice": "admin", "bob": "user", "vera": "viewer", "carl": "viewer"},
    "globex": {"gina": "admin", "mallory": "user", "dora": "viewer"},
    "initech": {"milton": "admin"},
}
LINK = re.compile(r"/(?:confirm-email|reset-password)/#(\S+)")


class Person:
    """Somebody who holds an access token, and speaks to the API with it."""

    def __init__(self, email: str, organization: str) -> None:
        self.email, self.organization = email, organization
        self.access = self.refresh = self.cookie = ""

    def call(self, method: str, path: str, body: Any = None, *, key: str = "") -> Any:
        headers = {"Host": PLATFORM} | ({"Idempotency-Key": key} if key else {})
        if self.access:
            headers["Authorization"] = f"Bearer {self.access}"
        response = Client(headers=headers).generic(
            method, f"/api/v1/{path}", json.dumps(body) if body is not None else "", content_type="application/json"
        )
        assert response.status_code < 300, (method, path, response.status_code, response.content)
        return json.loads(response.content) if response.content else None

    def log_in(self) -> None:
        body = {"email": self.email, "password": PASSWORD}
        pair = self.call("POST", "auth/login/", body)
        self.access, self.refresh = pair["access"], pair["refresh"]

    def log_in_with_a_browser(self, host: str) -> None:
        client = Client(headers={"Host": host})
        response = client.post("/admin/login/", {"username": self.email, "password": PASSWORD, "next": "/admin/"})
        assert response.status_code == 302, response.content
        self.cookie = client.cookies["workix"].value


def fill(superuser: Any) -> dict[str, Any]:
    """Open the organizations of the cast, let them live, and return what people held in their hands."""
    call_command("migrate", quiet=True)
    cast = {name: Person(f"{name}@{place}.example", place) for place in CAST for name in CAST[place]}
    kept = [_open(place, cast[next(iter(CAST[place]))]) for place in CAST]
    kept += [answer for place in ("acme", "globex") for answer in _fill_seats(place, cast)]
    kept += [_use(place, cast) for place in CAST]
    _operate(cast)
    with psycopg.connect(**superuser.connection_parameters(), autocommit=True) as behind:
        _fill_the_rest(behind, cast)
        links = _last_days(behind, cast)
        empty = _empty_tables(behind)
        assert empty == NO_ROWS, empty
        organizations = dict(behind.execute("SELECT slug, schema_name FROM organizations ORDER BY slug").fetchall())
    people = {name: {key: value for key, value in vars(who).items() if value} for name, who in cast.items()}
    return {"password": PASSWORD, "organizations": organizations, "people": people, "links": links, "answers": kept}


def _open(place: str, admin: Person) -> dict[str, Any]:
    person = {"email": admin.email, "password": PASSWORD, "first_name": admin.email.partition("@")[0].title()}
    body = {"name": place.title(), "slug": place, "admin": person}
    answer = admin.call("POST", "organizations/", body, key=f"open-{place}")
    _work()
    admin.call("POST", "auth/confirm-email/", {"token": _link(admin.email)})
    admin.log_in()
    return {"who": "", "path": "organizations/", "key": f"open-{place}", "body": body, "answer": answer}


def _fill_seats(place: str, cast: dict[str, Person]) -> list[dict[str, Any]]:
    """Add people: the first confirms, and mistypes a password once; the last one goes again."""
    (first, _), *others = CAST[place].items()
    admin = cast[first]
    kept = [_add(admin, first, cast[name], role) for name, role in others]
    _work()
    second = cast[others[0][0]]
    second.call("POST", "auth/confirm-email/", {"token": _link(second.email)})
    second.log_in()
    guess = {"email": second.email, "password": "a guess"}
    refused = Client(headers={"Host": PLATFORM}).post("/api/v1/auth/login/", guess, content_type="application/json")
    assert refused.status_code == 401
    gone = kept.pop()["answer"]["id"]
    admin.call("DELETE", f"users/{gone}/")
    return kept


def _use(place: str, cast: dict[str, Person]) -> dict[str, Any]:
    """Use quotas, rename the organization, look at the dashboard."""
    name = next(iter(CAST[place]))
    admin, body, path = cast[name], {"amount": 3}, "quotas/pipelines/consumptions/"
    answer = admin.call("POST", path, body, key="take-3")
    admin.call("POST", "quotas/executions/consumptions/", {"amount": 40})
    admin.call("PATCH", "organization/", {"name": f"{place.title()} Ltd"})
    admin.log_in_with_a_browser(f"{place}.{PLATFORM}")
    return {"who": name, "path": path, "key": "take-3", "body": body, "answer": answer}


def _add(admin: Person, who: str, person: Person, role: str) -> dict[str, Any]:
    name = person.email.partition("@")[0].title()
    body = {"email": person.email, "password": PASSWORD, "role": role, "first_name": name}
    answer = admin.call("POST", "users/", body, key=f"add-{name}")
    return {"who": who, "path": "users/", "key": f"add-{name}", "body": body, "answer": answer}


def _operate(cast: dict[str, Person]) -> None:
    """Do what operators do: on the command line, and in the console."""
    call_command("set_plan", "acme", "pro", users=3, pipelines=5, executions=100, reason="As agreed")
    call_command("suspend_organization", "initech", reason="Bills")
    cast["gina"].call("POST", "organization/deletion/", {"password": PASSWORD})
    otto = cast["otto"] = Person("otto@workix.example", "")
    create_operator(email=otto.email, password=PASSWORD, now=timezone.now())
    otto.log_in()
    otto.log_in_with_a_browser(PLATFORM)


def _fill_the_rest(behind: psycopg.Connection, cast: dict[str, Person]) -> None:
    """Write what takes a month, a crash or bare hands: a period that is over, a killed worker, raw SQL."""
    behind.execute("UPDATE quotas SET period_starts_on = period_starts_on - interval '1 month' WHERE period = 'month'")
    for name in ("alice", "gina"):
        cast[name].call("POST", "quotas/executions/consumptions/", {"amount": 7})
    for (schema,) in behind.execute("SELECT schema_name FROM organizations").fetchall():
        users = sql.Identifier(schema, "users")
        behind.execute(sql.SQL("UPDATE {} SET last_name = 'Raw' WHERE role = 'admin'").format(users))
    # Left behind by a worker that was killed.
    behind.execute("SELECT procrastinate_register_worker_v1()")
    # No operator is ever mailed a link, but the table is there, since the app is in both.
    behind.execute(
        "INSERT INTO mailed_tokens (id, created_at, updated_at, purpose, token_hash, expires_at, user_id)"
        " SELECT gen_random_uuid(), now(), now(), 'reset_password', md5('nobody'), now(), id FROM users"
    )
    # Django's own log of its admin pages: nobody has a grant on it, the trail takes its place.
    behind.execute(
        "INSERT INTO django_admin_log (action_time, object_repr, action_flag, change_message, user_id)"
        " SELECT now(), 'nothing', 1, '', id FROM users"
    )
    # A job that nobody can do any more: it fails for good.
    behind.execute(
        "SELECT enqueue_job_for(id, 'mails', 'accounts.forgotten', '{\"context\": {}}') FROM organizations WHERE slug = 'acme'"
    )


def _last_days(behind: psycopg.Connection, cast: dict[str, Person]) -> dict[str, str]:
    """Return the links that were mailed and not followed; Alice's and Gina's mails still wait for the worker."""
    for name in ("bob", "mallory"):
        cast[name].call("POST", "auth/password-reset/", {"email": cast[name].email})
    _work()
    for name in ("alice", "gina"):
        Person("", "").call("POST", "auth/password-reset/", {"email": cast[name].email})
    found = {status for (status,) in behind.execute("SELECT DISTINCT status::text FROM procrastinate_jobs")}
    assert found >= {"todo", "failed", "succeeded"}, found
    return {name: _link(cast[name].email) for name in ("vera", "bob", "mallory")}


def _work() -> None:
    """Do what waits, and what is due by the clock, and keep what was done: run_worker would delete it."""

    async def work() -> None:
        async with worker.open_async():
            await worker.run_worker_async(wait=False, concurrency=2, delete_jobs="never", install_signal_handlers=False)

    with app.replace_connector(queue_connector()) as worker:
        asyncio.run(work())


def _link(address: str) -> str:
    """Return the token of the newest mail to an address."""
    found = [LINK.search(str(each.body)) for each in mail.outbox if each.to == [address]]
    newest = found[-1]
    assert newest is not None
    return newest[1]


def _empty_tables(behind: psycopg.Connection) -> dict[str, set[str]]:
    empty: dict[str, set[str]] = {}
    for schema, table in behind.execute(
        "SELECT schemaname, tablename FROM pg_tables WHERE schemaname = 'public' OR schemaname ~ '^org_'"
    ).fetchall():
        place = sql.Identifier(schema, table)
        if not behind.execute(sql.SQL("SELECT 1 FROM {} LIMIT 1").format(place)).fetchone():
            empty.setdefault(schema, set()).add(table)
    return empty
