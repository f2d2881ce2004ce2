"""Who could do this? in the dashboard: asked by permission and moment, for whoever may ask of others."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from accounts.roles.composition import create
from accounts.roles.membership import give
from tenants.scope import use_tenant
from tests.browsers import Browser, Page
from tests.cast import Cast

pytestmark = pytest.mark.requirement("N7")

PAGE = "/admin/who-could/"


def at_the_dashboard(acme: Cast, name: str) -> Browser:
    browser = Browser(acme.host)
    browser.log_in(f"{name}@acme.example")
    return browser


def asked(browser: Browser, **fields: str) -> Page:
    return browser.get(f"{PAGE}?{urlencode(fields)}")


def test_an_admin_sees_who_could_and_by_what(acme: Cast) -> None:
    with use_tenant(acme.organization):
        give(create(name="<i>Auditors</i>", permissions=["audit:read"]).id, user_id=acme.people["vera"].id)
    browser = at_the_dashboard(acme, "alice")
    assert "Who could …?" in browser.get("/admin/").text
    assert "Who could" in browser.get(PAGE).words
    words = asked(browser, permission="audit:read").text
    assert "<td>Person</td><td>alice@acme.example</td><td>Admin</td>" in words
    assert "<td>vera@acme.example</td><td>&lt;i&gt;Auditors&lt;/i&gt;</td>" in words
    assert "bob@acme.example" not in words


def test_what_can_not_be_asked_is_said_at_the_field(acme: Cast) -> None:
    browser = at_the_dashboard(acme, "alice")
    for fields, said in (
        ({"permission": "audit:read", "at": "2999-01-01T00:00"}, "This moment is yet to come."),
        ({"permission": "organizations:open"}, "is not one of the available choices"),
        ({"permission": "audit:read", "at": "then"}, "Enter a valid date/time."),
    ):
        page = asked(browser, **fields)
        assert (page.status, said in page.words, "Kind" in page.words) == (200, True, False)


def test_nobody_else_gets_there(acme: Cast) -> None:
    browser = at_the_dashboard(acme, "vera")
    assert (browser.get(PAGE).status, "Who could" in browser.get("/admin/").words) == (403, False)
