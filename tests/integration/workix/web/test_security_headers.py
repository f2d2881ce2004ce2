"""Content-Security-Policy: every page says what it may load, and none carries a script or a style inside."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.acts import rows
from tests.browsers import Browser, Page, browser_of
from tests.cast import OTTO, Api, Cast, hire_otto

STRICT = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
}
INLINE = re.compile(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:", re.IGNORECASE)
ELSEWHERE = re.compile(r"<(?:script|link|img|iframe|form)[^>]*(?:src|href|action)=\"(?:https?:)?//", re.IGNORECASE)

PUBLIC = (
    "/",
    "/sign-up/",
    "/confirm-email/",
    "/accept-invitation/",
    "/reset-password/",
    "/admin/login/",
    "/api/v1/docs/",
    "/api/v1/me/",
)


def is_strict(page: Page, *, loosened: frozenset[str] = frozenset()) -> None:
    policy = {each.strip() for each in page.headers["Content-Security-Policy"].split(";")}
    assert policy == (loosened or STRICT)
    assert page.headers["Content-Type"].startswith("text/html")
    assert INLINE.findall(page.text) == []
    assert ELSEWHERE.findall(page.text) == []


@pytest.mark.parametrize("host", ["localhost", "acme.localhost"])
@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages(acme: Cast, host: str, path: str) -> None:
    if (host, path) != ("acme.localhost", "/sign-up/"):
        is_strict(Browser(host).get(path))


def test_the_reference_is_loosened_by_two_sheets_and_a_worker_and_no_more(database: None) -> None:
    page = Browser().get("/api/v1/redoc/")
    sheets = ("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", "QMIg+bpjm3JdElJ388KYke01izlUW0UoNOeKjpMxdgc=")
    styles = " ".join(["style-src 'self'", *(f"'sha256-{each}'" for each in sheets)])
    is_strict(page, loosened=frozenset(STRICT - {"style-src 'self'"} | {styles, "worker-src blob:"}))
    assert "unsafe" not in page.headers["Content-Security-Policy"]


def test_every_page_of_the_dashboard(acme: Cast) -> None:
    alice = browser_of(acme, "alice")
    ((entry,),) = rows("SELECT id FROM audit_logs LIMIT 1", acme)
    ((session,),) = rows("SELECT id FROM sessions LIMIT 1", acme)
    bob = f"/admin/accounts/user/{acme.people['bob'].id}"
    for path in (
        "/admin/",
        "/admin/accounts/",
        "/admin/accounts/user/",
        "/admin/accounts/user/?q=nobody",
        "/admin/accounts/invitation/add/",
        f"{bob}/change/",
        f"{bob}/delete/",
        "/admin/accounts/session/",
        f"/admin/accounts/session/{session}/change/",
        "/admin/accounts/customrole/",
        "/admin/accounts/customrole/add/",
        "/admin/accounts/rolemember/",
        "/admin/accounts/rolemember/add/",
        "/admin/audit/logentry/",
        f"/admin/audit/logentry/{entry}/change/",
        "/admin/quotas/quota/",
        "/admin/password_change/",
        "/admin/nothing/",
        "/api/v1/users/",
    ):
        is_strict(alice.get(path))
    is_strict(alice.post("/admin/accounts/invitation/add/", email="x"))
    is_strict(alice.post("/admin/accounts/invitation/add/", email="x", csrfmiddlewaretoken=""))
    is_strict(alice.post("/admin/logout/"))


def test_every_page_of_the_console(acme: Cast) -> None:
    hire_otto()
    otto = Browser()
    otto.log_in(OTTO)
    for path in (
        "/admin/",
        "/admin/tenants/organization/",
        "/admin/tenants/organization/add/",
        f"/admin/tenants/organization/{acme.organization.id}/change/",
        f"/admin/tenants/organization/{acme.organization.id}/suspend/",
        "/admin/tenants/domain/",
        "/admin/procrastinate/procrastinatejob/",
        "/admin/accounts/user/",
        "/admin/audit/logentry/",
        "/admin/quotas/quota/",
    ):
        is_strict(otto.get(path))


@pytest.mark.fault("E14")
@pytest.mark.parametrize(
    "path",
    [
        "users/",
        "me/",
        "auth/login/",
        "nothing/",
        "schema/?format=json",
        "/health/live",
        "/.well-known/jwks.json",
        "/static/admin/css/base.css",
        "/static/admin/img/icon-yes.svg",
    ],
)
def test_what_is_no_page_may_load_nothing_and_be_framed_nowhere(alice: Api, path: str) -> None:
    answer: Any = alice.get(path)
    wanted = ("Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options")
    assert [answer.headers.get(name) for name in wanted] == [
        "default-src 'none'; frame-ancestors 'none'",
        "nosniff",
        "DENY",
    ]
    assert "Set-Cookie" not in answer.headers


def test_what_is_inline_would_be_found() -> None:
    for bad in ("<script>x</script>", '<p style="color:red">', "<style>", '<a onclick="x">', '<a href="javascript:x">'):
        assert INLINE.search(bad)
    assert INLINE.search('<script src="/static/x.js" defer></script>') is None
