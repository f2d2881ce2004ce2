"""django-axes: its signals, table, commands and page, behind the exact counters."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any

import pytest
from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.core.management import call_command
from django.db import ProgrammingError, connection
from django.dispatch import Signal
from django.test import Client, RequestFactory

from accounts.login.attempts import username_of
from accounts.models import User
from tenants.scope import use_platform, use_tenant
from tests.acts import rows
from tests.browsers import Browser
from tests.cast import OTTO, PASSWORD, Api, Cast, hire_otto

ALICE = "alice@acme.example"
WRONG = "a wrong password, but long enough"
SIGNALS = {
    "in": user_logged_in,
    "failed": user_login_failed,
    "out": user_logged_out,
    "locked": user_locked_out,
}


def log_in(password: str = WRONG, email: str = ALICE, client: str = "192.0.2.77") -> int:
    body = {"email": email, "password": password}
    sender = Client(headers={"Host": "localhost", "User-Agent": "guesser"}, REMOTE_ADDR=client)
    return sender.post("/api/v1/auth/login/", body, content_type="application/json").status_code


def run(*command: str) -> str:
    said = StringIO()
    call_command(*command, stdout=said)
    return said.getvalue()


@contextmanager
def heard() -> Iterator[list[tuple[Any, ...]]]:
    """List the signals that are sent, each with what it says of the person."""
    found: list[tuple[Any, ...]] = []

    def listen(name: str) -> Callable[..., None]:
        def hear(request: Any, user: Any = None, credentials: Any = None, **more: Any) -> None:
            who = user.email if user else (credentials or more)["username"]
            found.append((name, who, request.path, more.get("ip_address", "")))

        return hear

    receivers: list[tuple[Signal, Callable[..., None]]] = [(signal, listen(name)) for name, signal in SIGNALS.items()]
    for signal, receiver in receivers:
        signal.connect(receiver)
    try:
        yield found
    finally:
        for signal, receiver in receivers:
            signal.disconnect(receiver)


def test_the_api_sends_djangos_signals(acme: Cast) -> None:
    with heard() as found:
        log_in()
        alice = Api(Api().post("auth/login/", {"email": ALICE, "password": PASSWORD}).body["access"])
        alice.post("auth/logout/")
    way = "/api/v1/auth/"
    assert found == [
        ("failed", ALICE, f"{way}login/", ""),
        ("in", ALICE, f"{way}login/", ""),
        ("out", ALICE, f"{way}logout/", ""),
    ]


def test_the_pages_send_the_same(acme: Cast) -> None:
    browser = Browser(acme.host)
    with heard() as found:
        browser.log_in(ALICE, WRONG)
        browser.log_in(ALICE)
        browser.post("/admin/logout/")
    assert found == [
        ("failed", ALICE, "/admin/login/", ""),
        ("in", ALICE, "/admin/login/", ""),
        ("out", ALICE, "/admin/logout/", ""),
    ]
    assert rows("SELECT count(*), count(ended_at) FROM sessions", acme) == [(1, 1)]


def test_a_lock_is_signalled_once_and_names_nobody(acme: Cast) -> None:
    with heard() as found:
        for _ in range(12):
            log_in()
    locked = [each for each in found if each[0] == "locked"]
    assert locked == [("locked", username_of(ALICE), "/api/v1/auth/login/", "192.0.2.0")]
    assert len(found) == 11, "what was not judged is no failure"


def test_a_failure_is_one_row_for_hash_and_network_and_holds_nothing_else(acme: Cast) -> None:
    for number in range(3):
        log_in(client=f"192.0.2.{number}")
    log_in(email="nobody@acme.example", client="2001:db8:1:2:3::4")
    kept = rows(
        "SELECT username, host(ip_address), failures_since_start, path_info, user_agent FROM axes_accessattempt"
    )
    assert sorted(kept, key=lambda row: row[2]) == [
        (username_of("nobody@acme.example"), "2001:db8:1:2::", 1, "/api/v1/auth/login/", ""),
        (username_of(ALICE), "192.0.2.0", 3, "/api/v1/auth/login/", ""),
    ]
    others = "SELECT DISTINCT get_data || post_data || http_accept, pg_typeof(id)::text FROM axes_accessattempt"
    assert rows(others) == [("", "uuid")]


def test_a_failure_after_the_window_counts_anew(acme: Cast) -> None:
    log_in()
    rows("UPDATE axes_accessattempt SET attempt_time = attempt_time - interval '15 minutes'")
    log_in()
    assert rows("SELECT failures_since_start FROM axes_accessattempt") == [(1,)]


def test_a_password_asked_again_is_a_failure_too(acme: Cast, alice: Api) -> None:
    alice.post("me/password/", {"current_password": WRONG, "password": "x" * 20})
    assert rows("SELECT username, failures_since_start FROM axes_accessattempt") == [(username_of(ALICE), 1)]


def test_attempts_are_listed(acme: Cast) -> None:
    log_in()
    assert run("axes_list_attempts") == f"192.0.2.0\t{username_of(ALICE)}\t1\n"


@pytest.mark.parametrize(
    "command",
    [
        ("axes_reset_username", " Alice@ACME.example "),
        ("axes_reset_username", username_of(ALICE)),
        ("axes_reset_ip_username", "192.0.2.77", ALICE),
        ("axes_reset",),
    ],
    ids=lambda command: " ".join(command)[:30],
)
def test_a_lock_is_ended_by_command(acme: Cast, command: tuple[str, ...]) -> None:
    for _ in range(10):
        log_in()
    assert log_in(PASSWORD) == 429
    assert run(*command) == "1 attempts removed.\n"
    assert log_in(PASSWORD) == 200
    assert run(*command) == "No attempts found.\n"


def test_another_address_stays_locked(acme: Cast) -> None:
    for _ in range(10):
        log_in()
        log_in(email="bob@acme.example")
    run("axes_reset_username", ALICE)
    assert (log_in(PASSWORD), log_in(PASSWORD, "bob@acme.example")) == (200, 429)


def test_a_clients_lock_is_ended_by_command(acme: Cast) -> None:
    for number in range(100):
        log_in(email=f"p{number}@acme.example")
    assert log_in(PASSWORD) == 429
    assert run("axes_reset_ip", "192.0.2.77") == "100 attempts removed.\n"
    assert log_in(PASSWORD) == 200


def test_a_known_devices_lock_is_ended_by_command(acme: Cast) -> None:
    device = Api().post("auth/login/", {"email": ALICE, "password": PASSWORD}).body["device"]

    def with_device(password: str) -> int:
        body = {"email": ALICE, "password": password}
        return Api().post("auth/login/", body, X_Device_Token=device).status

    assert [with_device(WRONG) for _ in range(11)] == [401] * 10 + [429]
    run("axes_reset_username", ALICE)
    assert with_device(PASSWORD) == 200


def test_the_logs_of_the_library_are_empty(acme: Cast) -> None:
    log_in()
    log_in(PASSWORD)
    assert (run("axes_reset_logs"), run("axes_reset_failure_logs")) == ("No logs found.\n", "No logs found.\n")


def test_code_written_for_django_axes_looks_and_counts_nothing(acme: Cast) -> None:
    def look() -> tuple[bool, int]:
        request = RequestFactory().post("/")
        credentials = {"username": ALICE}
        return AxesProxyHandler.is_allowed(request, credentials), AxesProxyHandler.get_failures(request, credentials)

    assert look() == look() == (True, 0)
    for _ in range(10):
        log_in()
    assert look() == (False, 10)


def test_operators_see_hash_network_time_and_count(acme: Cast) -> None:
    hire_otto()
    otto = Browser()
    otto.log_in(OTTO)
    for _ in range(3):
        log_in()
    page = otto.get("/admin/axes/accessattempt/")
    assert (page.status, f"{username_of(ALICE)} 192.0.2.0 3" in page.words, ALICE in page.text) == (200, True, False)
    ((row,),) = rows("SELECT id FROM axes_accessattempt")
    one = f"/admin/axes/accessattempt/{row}/"
    assert [otto.get(f"{one}{each}/").status for each in ("change", "delete")] == [200, 403]
    assert otto.post(f"{one}change/", failures_since_start=0).status == 403


def test_no_organization_has_a_page_of_it(acme: Cast) -> None:
    browser = Browser(acme.host)
    browser.log_in(ALICE)
    assert browser.get("/admin/axes/accessattempt/").status == 404


@pytest.mark.parametrize("table", ["accessattempt", "accessattemptexpiration", "accessfailurelog", "accesslog"])
def test_no_organizations_role_can_look_at_it(acme: Cast, table: str) -> None:
    with use_tenant(acme.organization), connection.cursor() as cursor, pytest.raises(ProgrammingError, match="denied"):
        cursor.execute(f"SELECT count(*) FROM public.axes_{table}")


def test_rows_made_and_deleted_by_the_orm_have_keys_of_ours(acme: Cast) -> None:
    with use_platform():
        made = AccessAttempt.objects.create(username="x", failures_since_start=1)
        found = AccessAttempt.objects.get(id=made.id)
        assert (found.pk.version, User.objects.count()) == (7, 0)
        assert found.delete()[0] == 1
