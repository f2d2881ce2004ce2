"""A change of credentials ends every other way in, and every other way to set a password, whatever path it takes."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import make_password
from django.core import mail
from django.db import transaction
from django.test import Client
from django.utils import timezone

from accounts import credentials
from accounts.login import sessions
from accounts.members import change, remove
from accounts.models import EmailToken, Purpose, Session, User
from accounts.operators import create_operator
from accounts.tokens import email_tokens
from tenants.isolation.owner import acting_as_owner
from tenants.scope import use_platform, use_tenant
from tests.acts import at_once, rows
from tests.cast import PASSWORD, Api, Cast, api_of
from tests.database import superuser
from workix.core.errors import ProblemError
from workix.core.permissions import Role

BOB = "bob@acme.example"
NEW = "another horse battery staple"
HASHED = make_password(NEW)


def bob_of(cast: Cast) -> User:
    return User.with_removed.get(id=cast.people["bob"].id)


def by_api(cast: Cast, method: str, body: object = None) -> None:
    answer = api_of(cast, "alice").call(method, f"users/{cast.people['bob'].id}/", body)
    assert answer.status in (200, 204), answer.body


def by_page(cast: Cast, path: str, body: dict[str, str]) -> None:
    browser = Client(headers={"Host": cast.host})
    browser.post("/admin/login/", {"username": "alice@acme.example", "password": PASSWORD, "next": "/admin/"})
    answer = browser.post(f"/admin/accounts/user/{cast.people['bob'].id}/{path}/", body)
    assert answer.status_code == 302, answer.content


def within(work: Callable[[User], object]) -> Callable[[Cast], None]:
    def change_bob(cast: Cast) -> None:
        with use_tenant(cast.organization):
            work(bob_of(cast))

    return change_bob


def saved(**changes: object) -> Callable[[Cast], None]:
    """Change him as a command or a shell would."""

    def save(user: User) -> None:
        for name, value in changes.items():
            setattr(user, name, value)
        user.save()

    return within(save)


def as_owner(cast: Cast) -> None:
    with acting_as_owner(cast.organization.schema_name):
        User.objects.filter(email=BOB).update(role=Role.VIEWER)


def _with_role(user: User) -> User:
    user.role = Role.VIEWER
    return user


def _by_sql(cast: Cast, change: str) -> None:
    rows(f"UPDATE users SET {change} WHERE id = %(id)s", cast, id=cast.people["bob"].id)


def _remove_and_return(cast: Cast) -> None:
    _by_sql(cast, "deleted_at = now()")
    _by_sql(cast, "deleted_at = NULL")


CHANGES: dict[str, Callable[[Cast], None]] = {
    "role, by the API": lambda cast: by_api(cast, "PATCH", {"role": "viewer"}),
    "activity, by the API": lambda cast: by_api(cast, "PATCH", {"is_active": False}),
    "removal, by the API": lambda cast: by_api(cast, "DELETE"),
    "role, by the dashboard": lambda cast: by_page(cast, "change", {"role": "viewer", "is_active": "on"}),
    "activity, by the dashboard": lambda cast: by_page(cast, "change", {"role": "user"}),
    "removal, by the dashboard": lambda cast: by_page(cast, "delete", {"post": "yes"}),
    "role, by the capability": within(lambda user: change(user.id, role=Role.VIEWER, now=timezone.now())),
    "removal, by the capability": within(lambda user: remove(user.id, now=timezone.now())),
    "password, saved": saved(password=HASHED),
    "address, saved": saved(email="robert@acme.example"),
    "role, saved": saved(role=Role.VIEWER),
    "activity, saved": saved(is_active=False),
    "removal, saved": saved(deleted_at=timezone.now()),
    "password, in bulk": within(lambda user: User.objects.filter(id=user.id).update(password=HASHED)),
    "role, in bulk": within(lambda user: User.objects.bulk_update([_with_role(user)], ["role"])),
    "role, by the owner": as_owner,
    "password, by SQL": lambda cast: _by_sql(cast, "password_hash = 'x'"),
    "address, by SQL": lambda cast: _by_sql(cast, "email = 'robert@acme.example'"),
    "removal and return, by SQL": _remove_and_return,
}


def issue(cast: Cast, name: str = "bob") -> dict[Purpose, str]:
    """Make a link of each purpose for somebody."""
    with use_tenant(cast.organization):
        user = User.objects.get(id=cast.people[name].id)
        return {
            purpose: email_tokens.make(user, purpose, now=timezone.now(), lifetime=timedelta(hours=1))
            for purpose in Purpose
        }


def open_browser(cast: Cast) -> Client:
    browser = Client(headers={"Host": cast.host})
    browser.post("/admin/login/", {"username": BOB, "password": PASSWORD, "next": "/api/v1/me/"})
    return browser


def links_left(cast: Cast, name: str = "bob") -> int:
    ((left,),) = rows(
        "SELECT count(*) FROM email_tokens WHERE user_id = %(id)s AND used_at IS NULL", cast, id=cast.people[name].id
    )
    return int(left)


def open_sessions(cast: Cast) -> int:
    """Count where Bob is logged in."""
    ((there,),) = rows(
        "SELECT count(*) FROM sessions WHERE user_id = %(id)s AND ended_at IS NULL", cast, id=cast.people["bob"].id
    )
    return int(there)


def reset(token: str, password: str = NEW) -> tuple[int, str]:
    answer = Api().post("auth/password-reset/confirm/", {"token": token, "password": password})
    return answer.status, answer.body["code"] if answer.body else ""


def confirm(token: str) -> tuple[int, str]:
    answer = Api().post("auth/confirm-email/", {"token": token})
    return answer.status, answer.body["code"] if answer.body else ""


@pytest.mark.fault("B1")
@pytest.mark.parametrize("path", CHANGES)
def test_a_change_ends_every_session_and_every_link(acme: Cast, bob: Api, path: str) -> None:
    logged_in = Api().post("auth/login/", {"email": BOB, "password": PASSWORD}).body
    browser, links = open_browser(acme), issue(acme)
    vera, hers = api_of(acme, "vera"), issue(acme, "vera")
    assert (bob.get("me/").status, browser.get("/api/v1/me/").status_code) == (200, 200)
    CHANGES[path](acme)
    assert bob.get("me/").body["code"] == "session_revoked"
    assert Api(logged_in["access"]).get("me/").body["code"] == "session_revoked"
    assert Api().post("auth/refresh/", {"refresh": logged_in["refresh"]}).body["code"] == "session_revoked"
    assert browser.get("/api/v1/me/").status_code == 401
    assert reset(links[Purpose.RESET_PASSWORD]) == (400, "token_invalid")
    assert confirm(links[Purpose.CONFIRM_EMAIL]) == (400, "token_invalid")
    assert (vera.get("me/").status, links_left(acme, "vera"), len(hers)) == (200, 2, 2)


@pytest.mark.fault("B1")
def test_of_three_links_asked_for_the_newest_ends_the_others(acme: Cast, run_jobs: Callable[[], None]) -> None:
    for _ in range(3):
        Api().post("auth/password-reset/", {"email": BOB})
    run_jobs()
    oldest, middle, newest = (re.findall(r"/reset-password/#(\S+)", str(each.body))[0] for each in mail.outbox)
    assert reset(newest) == (204, "")
    assert [reset(oldest), reset(middle)] == [(400, "token_invalid")] * 2


@pytest.mark.fault("B1")
@pytest.mark.parametrize("way", ["the API", "the dashboard"])
def test_who_changes_their_own_password_goes_on_here_and_nowhere_else(acme: Cast, alice: Api, way: str) -> None:
    browser, links = Client(headers={"Host": acme.host}), issue(acme, "alice")
    browser.post("/admin/login/", {"username": "alice@acme.example", "password": PASSWORD, "next": "/admin/"})
    if way == "the API":
        answer = alice.post("me/password/", {"current_password": PASSWORD, "password": NEW})
        assert answer.status == 204
        here, elsewhere = alice.get("me/").status, browser.get("/api/v1/me/").status_code
    else:
        sent = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
        assert browser.post("/admin/password_change/", sent).status_code == 302
        here, elsewhere = browser.get("/api/v1/me/").status_code, alice.get("me/").status
    assert (here, elsewhere) == (200, 401)
    assert reset(links[Purpose.RESET_PASSWORD]) == (400, "token_invalid")


@pytest.mark.parametrize(
    "changed", ["first_name = 'Rob'", "last_login = now()", "email_confirmed_at = now()", "role = role"]
)
def test_what_is_no_credential_ends_nothing(acme: Cast, bob: Api, changed: str) -> None:
    issue(acme)
    _by_sql(acme, changed)
    assert (bob.get("me/").status, links_left(acme)) == (200, 2)


def test_a_password_that_is_hashed_anew_at_log_in_ends_nothing(acme: Cast, bob: Api) -> None:
    with use_tenant(acme.organization):
        credentials.hash_anew(bob_of(acme), PASSWORD, now=timezone.now())
    assert (bob.get("me/").status, api_of(acme, "bob").get("me/").status) == (200, 200)


def test_what_is_excepted_is_for_one_change_only(acme: Cast, bob: Api) -> None:
    with use_tenant(acme.organization), transaction.atomic():
        credentials.hash_anew(bob_of(acme), PASSWORD, now=timezone.now())
        User.objects.filter(email=BOB).update(role=Role.VIEWER)
    assert bob.get("me/").body["code"] == "session_revoked"


def test_an_operators_sessions_and_links_end_alike(database: None) -> None:
    now = timezone.now()
    otto = create_operator(email="otto@workix.example", password=PASSWORD, now=now)
    with use_platform():
        sessions.begin(None, otto, now=now)
        EmailToken.objects.create(user=otto, purpose=Purpose.RESET_PASSWORD, token_hash="x", expires_at=now)
        credentials.set_password(otto, HASHED, now=now)
        left = [Session.objects.filter(ended_at=None).count(), EmailToken.objects.filter(used_at=None).count()]
    assert left == [0, 0]


@pytest.mark.parametrize(
    "changed",
    ["password_hash = 'x'", "is_active = false", "deleted_at = now()", "role = 'viewer'", "email = 'b@acme.example'"],
)
def test_a_log_in_whose_person_changed_since_they_were_looked_at_opens_nothing(acme: Cast, changed: str) -> None:
    with use_tenant(acme.organization):
        seen = bob_of(acme)
        _by_sql(acme, changed)
        with pytest.raises(ProblemError) as refused:
            sessions.begin(acme.organization, seen, now=timezone.now())
    assert refused.value.code == "session_revoked"
    assert open_sessions(acme) == 0


@pytest.mark.requirement("S131")
def test_of_twelve_links_of_one_person_used_at_once_exactly_one_sets_the_password(acme: Cast) -> None:
    tokens = [issue(acme)[Purpose.RESET_PASSWORD] for _ in range(12)]
    found = at_once(lambda number: reset(tokens[number]), len(tokens))
    assert sorted(found) == [(204, ""), *[(400, "token_invalid")] * 11]


def test_a_link_used_beside_a_change_waits_for_it_and_holds_nothing_up(acme: Cast) -> None:
    """Each locks the person first: were it the link, change and reset would wait for each other (a deadlock)."""
    token = issue(acme)[Purpose.RESET_PASSWORD]
    schema, bob = acme.organization.schema_name, acme.people["bob"].id
    with superuser() as behind, ThreadPoolExecutor(1) as pool:
        with behind.transaction():
            behind.execute(f"SELECT 1 FROM {schema}.users WHERE id = %s FOR UPDATE", [bob])  # type: ignore[call-overload]  # a name of ours
            outcome = pool.submit(reset, token)
            while not rows(
                "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND usename = %(s)s", s=schema
            ):
                assert not outcome.done()
            behind.execute(f"UPDATE {schema}.users SET password_hash = 'x' WHERE id = %s", [bob])  # type: ignore[call-overload]  # the same
        assert outcome.result() == (400, "token_invalid")


@pytest.mark.requirement("S131")
def test_a_log_in_beside_a_change_is_refused_or_ended(acme: Cast) -> None:
    """Whoever comes first: the log-in waits for the change and finds it, or the change ends the session it finds."""
    seen = threading.Barrier(2)

    def log_in() -> str:
        with use_tenant(acme.organization):
            user = bob_of(acme)
            seen.wait()
            try:
                return sessions.begin(acme.organization, user, now=timezone.now()).access
            except ProblemError:
                return ""

    def work(number: int) -> str:
        if number == 0:
            return log_in()
        seen.wait()
        with use_tenant(acme.organization):
            credentials.set_password(bob_of(acme), HASHED, now=timezone.now())
        return ""

    access = max(at_once(work, 2))
    if access:
        assert Api(access).get("me/").body["code"] == "session_revoked"
    assert rows(
        "SELECT count(*) FROM sessions WHERE user_id = %(id)s AND ended_at IS NULL", acme, id=acme.people["bob"].id
    ) == [(0,)]
