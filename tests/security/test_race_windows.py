"""Each lock, by a second one who is seen waiting for the first: last admin, quotas, tokens, links, counters, slugs, addresses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.login import sessions
from accounts.models import Purpose, User
from accounts.tokens import email_tokens
from quotas.consumption import consume
from quotas.rate_limits import Limit, count_attempt
from tenants.lifecycle import WrongStatus, suspend
from tenants.scope import use_platform, use_tenant
from tests.acts import join, rows, used
from tests.cast import PASSWORD, Answer, Api, Cast
from tests.database import roles_locked, superuser
from tests.races import second
from workix.core.errors import TooMany
from workix.core.permissions import Role

pytestmark = pytest.mark.fault("H3")

ALICE = {"email": "alice@acme.example", "password": PASSWORD}


def told(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.body.get("code", "") if answer.body else ""


@pytest.fixture
def ada(acme: Cast) -> User:
    return join(acme, "ada@acme.example", Role.ADMIN)


@pytest.mark.parametrize("way", ["demote", "deactivate", "remove"])
def test_who_takes_an_admin_waits_for_whoever_takes_the_other(acme: Cast, alice: Api, ada: User, way: str) -> None:
    path = f"users/{acme.people['alice'].id}/"
    acts: dict[str, Callable[[], Answer]] = {
        "demote": lambda: alice.patch(path, {"role": "user"}),
        "deactivate": lambda: alice.patch(path, {"is_active": False}),
        "remove": lambda: alice.delete(path),
    }
    demoted = "UPDATE users SET role = 'user' WHERE email = 'ada@acme.example'"
    assert told(second(acts[way], after=demoted, of=acme)) == (409, "last_admin")


def test_who_takes_units_waits_and_finds_them_gone(acme: Cast) -> None:
    def take() -> Answer:
        return api.post("quotas/pipelines/consumptions/", {"amount": 1})

    api = Api(Api().post("auth/login/", ALICE).body["access"])
    gone = "UPDATE quotas SET used = \"limit\" WHERE resource = 'pipelines' AND organization_id = %(id)s"
    assert told(second(take, after=gone, id=acme.organization.id)) == (403, "quota_exceeded")
    assert used(acme, "pipelines") == 10


def test_who_gives_units_back_waits_and_finds_them_given_back(acme: Cast, alice: Api) -> None:
    with use_tenant(acme.organization):
        taken = consume("pipelines", 2)
    given = "UPDATE quota_movements SET released_at = now(), given_back = 2 WHERE id = %(id)s"
    body = {"consumption": str(taken.id)}
    answer = second(lambda: alice.post("quotas/pipelines/releases/", body), after=given, id=taken.id)
    assert (told(answer), used(acme, "pipelines")) == ((409, "already_released"), 2)


def test_who_is_added_waits_for_a_seat_and_finds_it_taken(acme: Cast, alice: Api) -> None:
    taken = "UPDATE quotas SET used = \"limit\" WHERE resource = 'users' AND organization_id = %(id)s"
    added = second(
        lambda: alice.post("users/", {"email": "zoe@acme.example", "password": PASSWORD}),
        after=taken,
        id=acme.organization.id,
    )
    assert told(added) == (403, "quota_exceeded")
    assert rows("SELECT count(*) FROM users WHERE email = 'zoe@acme.example'", acme) == [(0,)]


def test_who_is_added_waits_for_whoever_has_the_address(acme: Cast, alice: Api) -> None:
    moved = "UPDATE users SET email = 'zoe@acme.example' WHERE email = 'bob@acme.example'"
    added = second(
        lambda: alice.post("users/", {"email": "zoe@acme.example", "password": PASSWORD}), after=moved, of=acme
    )
    assert (added.status, added.body["errors"][0]["field"]) == (400, "email")


def test_who_refreshes_waits_for_whoever_spends_the_token(acme: Cast) -> None:
    pair = Api().post("auth/login/", ALICE).body
    spent = "UPDATE sessions SET refresh_hash = repeat('0', 64)"
    refreshed = second(lambda: Api().post("auth/refresh/", {"refresh": pair["refresh"]}), after=spent, of=acme)
    assert told(refreshed) == (401, "session_revoked")
    assert rows("SELECT count(*) FROM sessions WHERE ended_at IS NULL", acme) == [(0,)]


def test_who_refreshes_waits_for_whoever_logs_out(acme: Cast) -> None:
    pair = Api().post("auth/login/", ALICE).body
    ended = "UPDATE sessions SET ended_at = now()"
    refreshed = second(lambda: Api().post("auth/refresh/", {"refresh": pair["refresh"]}), after=ended, of=acme)
    assert told(refreshed) == (401, "session_revoked")


def test_who_logs_out_waits_for_whoever_did_and_records_nothing(acme: Cast) -> None:
    def log_out() -> None:
        with use_tenant(acme.organization):
            sessions.log_out_everywhere(acme.people["alice"], now=timezone.now())

    Api().post("auth/login/", ALICE)
    second(log_out, after="UPDATE sessions SET ended_at = now()", of=acme)
    assert rows("SELECT count(*) FROM audit_logs WHERE action = 'session.ended'", acme) == [(0,)]


@pytest.mark.parametrize("change", ["password_hash = 'x'", "role = 'user'", "is_active = false"])
def test_who_logs_in_waits_for_whoever_changes_the_credential(acme: Cast, ada: User, change: str) -> None:
    changed = f"UPDATE users SET {change} WHERE email = 'alice@acme.example'"
    assert told(second(lambda: Api().post("auth/login/", ALICE), after=changed, of=acme))[0] == 401
    assert rows("SELECT count(*) FROM sessions", acme) == [(0,)]


def test_who_guesses_waits_for_whoever_guesses_last(acme: Cast) -> None:
    Api().post("auth/login/", {**ALICE, "password": "wrong horse battery"})
    last = "UPDATE attempts SET count = 10 WHERE name = 'log-in'"
    assert told(second(lambda: Api().post("auth/login/", ALICE), after=last)) == (429, "locked_out")


def test_who_is_counted_waits_for_whoever_is_counted(database: None) -> None:
    limit, now = Limit("race", 2, timedelta(hours=1)), timezone.now()

    def count() -> str:
        with use_platform():
            try:
                return f"{count_attempt(limit, 'somebody', now=now).remaining} left"
            except TooMany:
                return "too many"

    assert count() == "1 left"
    assert second(count, after="UPDATE attempts SET count = count + 1 WHERE name = 'race'") == "too many"


@pytest.mark.parametrize("purpose", Purpose)
@pytest.mark.parametrize("held", ["email_tokens SET used_at = now()", "users SET updated_at = now()"])
def test_who_follows_a_link_waits_for_whoever_uses_it(acme: Cast, purpose: Purpose, held: str) -> None:
    rows("UPDATE users SET email_confirmed_at = NULL WHERE email = 'bob@acme.example'", acme)
    with use_tenant(acme.organization):
        token = email_tokens.make(acme.people["bob"], purpose, now=timezone.now(), lifetime=timedelta(hours=1))
    ways: dict[Purpose, Callable[[], Answer]] = {
        Purpose.CONFIRM_EMAIL: lambda: Api().post("auth/confirm-email/", {"token": token}),
        Purpose.RESET_PASSWORD: lambda: Api().post(
            "auth/password-reset/confirm/", {"token": token, "password": PASSWORD}
        ),
    }
    followed = second(ways[purpose], after=f"UPDATE {held}", of=acme)
    assert (followed.status < 300) is held.startswith("users")


def test_who_signs_up_waits_for_whoever_takes_the_slug(acme: Cast) -> None:
    taken = "UPDATE organizations SET slug = 'initech' WHERE id = %(id)s"
    body = {"name": "Initech", "slug": "initech", "admin": {"email": "ina@initech.example", "password": PASSWORD}}
    opened = second(lambda: Api().post("organizations/", body), after=taken, id=acme.organization.id)
    assert told(opened) == (409, "slug_taken")


def test_who_calls_again_waits_a_moment_for_the_same_call_and_is_told_to_come_later(acme: Cast, alice: Api) -> None:
    def take() -> Answer:
        return alice.post("quotas/pipelines/consumptions/", {"amount": 1}, Idempotency_Key="k1")

    first = take()
    with superuser() as holder, holder.transaction():
        holder.execute(f"UPDATE {acme.organization.schema_name}.idempotency_keys SET created_at = now()")
        assert told(take()) == (409, "conflict")
    assert (take().body, used(acme, "pipelines")) == (first.body, 1)


def test_who_is_deleted_waits_for_whoever_leaves_and_gives_no_second_seat_back(acme: Cast, alice: Api) -> None:
    path = f"users/{acme.people['bob'].id}/"
    left = "UPDATE users SET deleted_at = now(), is_active = false WHERE email = 'bob@acme.example'"
    assert second(lambda: alice.delete(path), after=left, of=acme).status == 404
    assert used(acme, "users") == 2


def test_an_operator_waits_for_whoever_changes_the_organization_and_finds_it_changed(acme: Cast) -> None:
    suspended = "UPDATE organizations SET status = 'suspended' WHERE slug = 'acme'"
    with roles_locked(alone=True), pytest.raises(WrongStatus, match="Acme is suspended"):
        second(lambda: suspend("acme", reason="unpaid"), after=suspended)
    assert rows("SELECT count(*) FROM audit_logs WHERE action = 'organization.suspended'", acme) == [(0,)]
