"""CORS in a real browser: a front-end at another origin logs in, reads and refreshes, with tokens and with cookies."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page

from accounts.single_sign_on.attempts import challenge_of
from tests.cast import OTTO, PASSWORD
from tests.chromium import CHROMIUM
from tests.customers import Customer
from tests.e2e.front_ends import connect_provider, let_call, run_code_of
from tests.integration.accounts.single_sign_on.provider import FakeProvider, fake_provider
from tests.integration.accounts.single_sign_on.test_sign_on_api import VERIFIER
from tests.servers import Platform

pytestmark = [
    pytest.mark.slow,
    pytest.mark.fault("F7"),
    pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed."),
]

# One call as a page makes it: its status and what may be read of it, or that the browser did not let it happen.
CALL = """async ([url, options]) => {
    try {
        const response = await fetch(url, options);
        return [response.status, await response.json(), response.headers.get("X-Request-ID") !== null];
    } catch (error) {
        return [0, {}, false];
    }
}"""
JSON = {"Content-Type": "application/json"}


def refused(page: Page, expression: str) -> str:
    """Return the code of the problem that an expression ends with; empty when it does not."""
    return str(page.evaluate(f"() => {expression}.then(() => '', (problem) => problem.code)"))


STEP_UP = ("Step-up at the identity provider", "In a window of its own")
SIGNED_ON = {
    "Cookie mode": """async (code_verifier) => {
        const code = new URLSearchParams(location.search).get("code");
        ({ access } = await post("auth/sso/token/", { code, code_verifier, cookie: true }));
    }""",
    "Token mode": """async (code_verifier) => {
        const code = new URLSearchParams(location.search).get("code");
        session = await post("auth/sso/token/", { code, code_verifier });
    }""",
}
WHO_AM_I = "async () => (await (await request('me/')).json()).email"


def call(
    page: Page, platform: Platform, path: str, *, host: str = "localhost", **options: Any
) -> tuple[int, Any, bool]:
    status, body, is_readable = page.evaluate(CALL, [f"http://{host}:{platform.port}/api/v1/{path}", options])
    return status, body, is_readable


def log_in(email: str, password: str, **more: bool) -> dict[str, Any]:
    return {"method": "POST", "headers": JSON, "body": json.dumps({"email": email, "password": password, **more})}


def test_token_mode(front_end: Page, platform: Platform, password_of_otto: str) -> None:
    status, session, is_readable = call(front_end, platform, "auth/login/", **log_in(OTTO, password_of_otto))
    assert (status, is_readable) == (200, True)
    token = {"Authorization": f"Bearer {session['access']}"}
    assert call(front_end, platform, "me/", headers=token)[1]["email"] == OTTO
    refused, problem, is_readable = call(front_end, platform, "me/", headers={"Authorization": "Bearer none"})
    assert (refused, problem["code"], is_readable) == (401, "token_not_valid", True)


def test_cookie_mode(front_end: Page, platform: Platform, password_of_otto: str) -> None:
    asked = {**log_in(OTTO, password_of_otto, cookie=True), "credentials": "include"}
    status, session, _ = call(front_end, platform, "auth/login/", **asked)
    assert (status, session["refresh"]) == (200, None)
    again = {"method": "POST", "body": "{}", "credentials": "include"}
    proven = call(front_end, platform, "auth/refresh/", headers={**JSON, "X-CSRF-Token": "1"}, **again)
    assert (proven[0], proven[1]["user"]["email"]) == (200, OTTO)
    assert call(front_end, platform, "auth/refresh/", headers=JSON, **again)[1]["code"] == "csrf_failed"
    without = {**again, "credentials": "omit"}
    assert call(front_end, platform, "auth/refresh/", headers={**JSON, "X-CSRF-Token": "1"}, **without)[0] == 401


def test_a_page_of_an_origin_that_is_not_listed_reads_nothing(
    front_end: Page, front_end_port: int, platform: Platform, password_of_otto: str
) -> None:
    front_end.goto(f"http://127.0.0.1:{front_end_port}/")
    assert call(front_end, platform, "auth/login/", **log_in(OTTO, password_of_otto)) == (0, {}, False)
    assert call(front_end, platform, "schema/") == (0, {}, False), "not even what takes no preflight"


@pytest.mark.parametrize("is_kept", [True, False])
def test_a_browser_keeps_the_cookie_of_its_own_site_only(
    front_end: Page, platform: Platform, password_of_otto: str, customer: Customer, is_kept: bool
) -> None:
    """`hooli.localhost` and `localhost` are two sites, whatever the port: there, a front-end uses tokens."""
    host = "localhost" if is_kept else f"{customer.slug}.localhost"
    body = log_in(OTTO, password_of_otto, cookie=True) if is_kept else log_in(customer.address, PASSWORD, cookie=True)
    status, session, _ = call(front_end, platform, "auth/login/", host=host, credentials="include", **body)
    assert (status, session["refresh"]) == (200, None)
    kept = [cookie for cookie in front_end.context.cookies() if cookie["name"] == "workix-refresh"]
    assert [(cookie["domain"], cookie["sameSite"]) for cookie in kept] == ([(host, "Strict")] if is_kept else [])


def test_the_code_for_token_mode(front_end: Page, platform: Platform, password_of_otto: str) -> None:
    run_code_of(front_end, "Token mode", platform)
    assert refused(front_end, f"logIn('{OTTO}', 'a guess that is wrong')") == "invalid_credentials"
    front_end.evaluate("(password) => logIn(" + f"'{OTTO}'" + ", password)", password_of_otto)
    assert front_end.evaluate(WHO_AM_I) == OTTO
    front_end.evaluate("() => { session.access = 'over' }")
    assert front_end.evaluate(
        "async () => (await Promise.all([1, 2, 3].map(() => request('me/')))).map((r) => r.status)"
    ) == [
        200,
        200,
        200,
    ], "all three wait for one refresh"


def test_the_code_for_cookie_mode(front_end: Page, platform: Platform, password_of_otto: str) -> None:
    run_code_of(front_end, "Cookie mode", platform)
    assert refused(front_end, "refresh()") == "not_authenticated", "nobody is logged in"
    front_end.evaluate("(password) => logIn(" + f"'{OTTO}'" + ", password)", password_of_otto)
    front_end.reload()
    run_code_of(front_end, "Cookie mode", platform)
    front_end.evaluate("() => refresh()")
    assert front_end.evaluate(WHO_AM_I) == OTTO


def test_the_code_for_cookie_mode_at_another_site_ends_with_its_access_token(
    front_end: Page, front_end_port: int, platform: Platform, password_of_otto: str
) -> None:
    """The origin is listed, and `elsewhere.localhost` another site than `localhost`: no cookie is kept."""
    front_end.goto(f"http://elsewhere.localhost:{front_end_port}/")
    run_code_of(front_end, "Cookie mode", platform)
    front_end.evaluate("(password) => logIn(" + f"'{OTTO}'" + ", password)", password_of_otto)
    assert front_end.evaluate(WHO_AM_I) == OTTO
    assert refused(front_end, "refresh()") == "not_authenticated"
    assert front_end.context.cookies() == []


def sign_on(
    front_end: Page, front_end_port: int, platform: Platform, customer: Customer, fake: FakeProvider, mode: str
) -> str:
    """Have Carol sign on at a page of Hooli's, which runs the code of this mode and of step-up; return its address."""
    page = f"http://{customer.slug}.localhost:{front_end_port}/"
    let_call(customer, page)
    address = connect_provider(customer, fake)
    front_end.goto(f"{address}?{urlencode({'return_to': page, 'code_challenge': challenge_of(VERIFIER)})}")
    front_end.wait_for_url(f"{page}?code=*")
    run_code_of(front_end, mode, platform, f"{customer.slug}.localhost")
    front_end.evaluate(SIGNED_ON[mode], VERIFIER)
    assert front_end.evaluate(WHO_AM_I) == f"carol@{customer.slug}.example"
    return page


def step_ups(customer: Customer) -> list[tuple[str, str]]:
    trail = customer.call("GET", "audit-logs/?action=session.reauthenticated").body["results"]
    return [(entry["actor"]["label"], entry["changes"]["provider"]) for entry in trail]


def test_in_cookie_mode_the_page_goes_to_the_provider_and_comes_back(
    front_end: Page, front_end_port: int, platform: Platform, customer: Customer
) -> None:
    """At `hooli.localhost`, which is one site with Hooli's host: so the session is in a cookie over the way there and back."""
    before = step_ups(customer)
    with fake_provider() as fake:
        page = sign_on(front_end, front_end_port, platform, customer, fake, "Cookie mode")
        front_end.goto(page)
        run_code_of(front_end, "Cookie mode", platform, f"{customer.slug}.localhost")
        run_code_of(front_end, "Step-up at the identity provider", platform)
        front_end.evaluate("(page) => refresh().then(() => { stepUp(page); })", page)
        front_end.wait_for_url(f"{page}?code=*")
        run_code_of(front_end, "Cookie mode", platform, f"{customer.slug}.localhost")
        run_code_of(front_end, "Step-up at the identity provider", platform)
        front_end.evaluate("() => refresh()")
        assert [front_end.evaluate("() => steppedUp()") for _ in range(2)] == [True, False], "a code is good once"
    assert step_ups(customer) == [(f"carol@{customer.slug}.example", "Hooli ID"), *before]


def test_in_token_mode_a_window_goes_there_and_hands_the_code_over(
    front_end: Page, front_end_port: int, platform: Platform, customer: Customer
) -> None:
    before = len(step_ups(customer))
    with fake_provider() as fake:
        page = sign_on(front_end, front_end_port, platform, customer, fake, "Token mode")
        for section in STEP_UP:
            run_code_of(front_end, section, platform)
        with front_end.expect_popup() as opened:
            front_end.evaluate("(page) => { window.done = stepUpInWindow(page); }", page)
        opened.value.wait_for_url(f"{page}?code=*")
        run_code_of(opened.value, "In a window of its own", platform)
        opened.value.evaluate("() => { setTimeout(handOver); }")  # which closes the window that answers us
        assert front_end.evaluate("() => done") is True
    assert len(step_ups(customer)) == before + 1
