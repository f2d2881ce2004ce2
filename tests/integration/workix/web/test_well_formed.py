"""Text no database keeps is refused with a page before Django's admin puts it into a query."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browsers import Browser, Page, browser_of
from tests.cast import OTTO, Api, Cast, hire_otto

LISTS = {
    "alice": ("/admin/accounts/user/", "/admin/accounts/session/", "/admin/audit/logentry/"),
    "otto": (
        "/admin/tenants/organization/",
        "/admin/tenants/domain/",
        "/admin/procrastinate/procrastinatejob/",
        "/admin/accounts/user/",
        "/admin/audit/logentry/",
    ),
}
NAMES = (
    "q",
    "o",
    "p",
    "role__exact",
    "status__exact",
    "action",
    "actor_type",
    "resource_id",
    "id__exact",
    "_to_field",
    "e",
)


def browser(who: str, acme: Cast) -> Browser:
    if who == "alice":
        return browser_of(acme, "alice")
    hire_otto()
    otto = Browser()
    otto.log_in(OTTO)
    return otto


def is_refused(page: Page) -> bool:
    return (page.status, page.headers["Content-Type"], "malformed" in page.words) == (
        400,
        "text/html; charset=utf-8",
        True,
    )


@pytest.mark.fault("E9")
@pytest.mark.parametrize("who", LISTS)
def test_nul_in_an_address_is_a_page_with_400(acme: Cast, who: str) -> None:
    someone = browser(who, acme)
    for path in LISTS[who]:
        assert someone.get(path, Accept="text/html").status == 200
        for name in NAMES:
            assert is_refused(someone.get(f"{path}?{name}=admin%00", Accept="text/html")), (path, name)
        assert is_refused(someone.get(f"{path}?%00=1", Accept="text/html"))


@pytest.mark.fault("E9")
@pytest.mark.parametrize("who", LISTS)
@pytest.mark.parametrize(
    "text", ["%ED%A0%80", "%C0%80", "%FF", "%EF%BF%BE", "%F4%90%80%80", "%0D%0A", "%2500", "%E2%80%AE", "'%22--", "_00"]
)
def test_any_other_text_in_an_address_is_looked_for_or_passed_over(acme: Cast, who: str, text: str) -> None:
    someone = browser(who, acme)
    for path in LISTS[who]:
        for name in NAMES:
            assert someone.get(f"{path}?{name}={text}").status in (200, 302, 400), (path, name)
        for page in ("change", "delete", "history"):
            assert someone.get(f"{path}{text}/{page}/").status in (302, 403, 404), (path, page)


@pytest.mark.fault("E9")
@pytest.mark.parametrize("charset", ["unicode_escape", "utf-7", "raw_unicode_escape", "utf-16", "x" * 500])
def test_no_charset_makes_other_characters_of_an_address(acme: Cast, charset: str) -> None:
    alice = browser_of(acme, "alice")
    for query in ("q=\\ud800", "q=\\x00", "role__exact=\\ud800", "q=%2B2AA-", "q=41"):
        page = alice.get(
            f"/admin/accounts/user/?{query}", Content_Type=f"text/plain; charset={charset}", Accept="text/html"
        )
        assert page.status == 415
    api = Api(host=alice.host).get("users/?search=\\ud800", Content_Type=f"application/json; charset={charset}")
    assert (api.status, api.body["code"]) == (415, "unsupported_media_type")


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", '"utf-8"', "utf8"])
def test_utf_8_by_its_names_is_fine(alice: Api, charset: str) -> None:
    assert alice.get("users/", Content_Type=f"application/json; charset={charset}").status == 200


@pytest.mark.fault("E9")
def test_nul_in_a_cookie_is_refused(acme: Cast) -> None:
    for path in ("/admin/", "/api/v1/me/", "/"):
        answer = Api(host=acme.host).get(path, Cookie='workix="abcdefgh\\000"')
        assert (answer.status, answer.body["code"]) == (400, "parse_error")


@pytest.mark.fault("E9")
@pytest.mark.parametrize("selected", ["x", "_00", "a\0", "9" * 50, "é"])
def test_a_row_that_is_none_is_not_selected(acme: Cast, selected: str) -> None:
    alice = browser_of(acme, "alice")
    fields: dict[str, Any] = {"action": "end_sessions", "_selected_action": selected}
    assert alice.post("/admin/accounts/session/", **fields).status in (200, 302, 400)


@pytest.mark.fault("E9")
@pytest.mark.parametrize("field", ["username", "password", "next"])
def test_nul_in_the_log_in_form_is_said_at_its_field(acme: Cast, field: str) -> None:
    someone = Browser(acme.host)
    someone.get("/admin/login/")
    sent = {"username": "alice@acme.example", "password": "x", "next": "/admin/", field: "a\0b"}
    assert someone.post("/admin/login/", **sent).status == 200
