"""Own roles in the dashboard: composed, given, changed, taken, deleted; and by nobody who may not."""

from __future__ import annotations

from typing import Any

import pytest

from tests.acts import rows, statements_of
from tests.browsers import Browser, browser_of
from tests.cast import Api, Cast
from tests.integration.accounts.roles.composed import compose, give, roles_of, with_role

ROLES, MEMBERS = "/admin/accounts/customrole/", "/admin/accounts/rolemember/"
NEW: dict[str, Any] = {"name": "Auditors", "description": "", "permissions": ["audit:read", "dashboard:enter"]}


@pytest.fixture
def admin(acme: Cast) -> Browser:
    return browser_of(acme, "alice")


def test_a_role_is_composed_with_checkboxes_grouped_by_thing(acme: Cast, admin: Browser) -> None:
    form = admin.get(f"{ROLES}add/")
    assert "audit:read: Read the audit trail" in form.words
    assert ("console:enter" in form.text, 'value="users:write"' in form.text) == (False, True)
    assert admin.post(f"{ROLES}add/", **NEW).goes_to == ROLES
    assert roles_of(acme) == [("Auditors", "", "audit:read dashboard:enter")]
    assert "Auditors - audit:read, dashboard:enter 0" in admin.get(ROLES).words


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"permissions": []}, "This field is required."),
        ({"permissions": ["console:enter"]}, "Select a valid choice."),
        ({"name": "viewer"}, "A fixed role is called so."),
        ({"name": "a\u2028b"}, "one line only"),
    ],
    ids=str,
)
def test_what_is_wrong_is_said_and_nothing_is_composed(
    acme: Cast, admin: Browser, changes: dict[str, Any], sentence: str
) -> None:
    page = admin.post(f"{ROLES}add/", **NEW | changes)
    assert (page.status, sentence in page.words, roles_of(acme)) == (200, True, [])


def test_a_role_is_changed_and_deleted_after_a_question(acme: Cast, alice: Api, admin: Browser) -> None:
    _, role = with_role(acme, alice, "bob", "audit:read")
    assert admin.post(f"{ROLES}{role}/change/", **NEW | {"name": "Readers"}).goes_to == ROLES
    assert roles_of(acme) == [("Readers", "", "audit:read dashboard:enter")]
    asked = admin.get(f"{ROLES}{role}/delete/")
    assert "1 person has this role." in asked.words
    assert admin.post(f"{ROLES}{role}/delete/", post="yes").status == 302
    assert (roles_of(acme), rows("SELECT count(*) FROM role_members", acme)) == ([], [(0,)])


def test_what_no_app_declares_any_more_is_shown_and_goes_when_the_role_is_saved(
    acme: Cast, alice: Api, admin: Browser
) -> None:
    role = compose(alice, "audit:read")
    rows("UPDATE roles SET permissions = 'audit:read gone:read'", acme)
    assert "No longer there: gone:read" in admin.get(f"{ROLES}{role}/change/").words
    admin.post(f"{ROLES}{role}/change/", name="Auditors", description="", permissions=["audit:read"])
    assert roles_of(acme) == [("Auditors", "", "audit:read")]


def test_a_role_is_given_and_taken(acme: Cast, alice: Api, admin: Browser) -> None:
    role, bob = compose(alice, "audit:read"), acme.people["bob"]
    given = {"role": role, "user": str(bob.id)}
    assert admin.post(f"{MEMBERS}add/", **given).goes_to == MEMBERS
    again = admin.post(f"{MEMBERS}add/", **given)
    assert (again.status, "They have this role already." in again.words) == (200, True)
    assert "bob@acme.example Auditors" in admin.get(MEMBERS).words
    ((member,),) = rows("SELECT id FROM role_members", acme)
    assert admin.get(f"{MEMBERS}{member}/change/").status == 200
    assert admin.post(f"{MEMBERS}{member}/delete/", post="yes").status == 302
    assert rows("SELECT count(*) FROM role_members", acme) == [(0,)]


def test_the_page_of_a_person_says_what_they_may_do_and_why(acme: Cast, alice: Api, admin: Browser) -> None:
    with_role(acme, alice, "bob", "audit:read", "users:read")
    page = admin.get(f"/admin/accounts/user/{acme.people['bob'].id}/change/")
    assert "users:read Read who works in the organization. (User, Deputies)" in page.words
    assert "(Deputies)" in page.words


def test_a_name_is_text_on_every_page(acme: Cast, alice: Api, admin: Browser) -> None:
    script = "<script>alert(1)</script>"
    role = compose(alice, "audit:read", name=script, description=script)
    give(alice, role, acme.people["bob"].id)
    pages = (ROLES, MEMBERS, f"{ROLES}{role}/change/", f"{ROLES}{role}/delete/", f"{MEMBERS}add/")
    for path in (*pages, f"/admin/accounts/user/{acme.people['bob'].id}/change/"):
        page = admin.get(path)
        assert (page.status, script in page.text) == (200, False), path


@pytest.mark.parametrize("path", [ROLES, f"{ROLES}add/", MEMBERS, f"{MEMBERS}add/"])
def test_who_may_not_finds_no_page(acme: Cast, path: str) -> None:
    assert browser_of(acme, "vera").get(path).status == 403


def test_who_holds_less_is_told_so_in_the_form(acme: Cast, alice: Api) -> None:
    with_role(acme, alice, "vera", "roles:read", "roles:write")
    role = compose(alice, "audit:read")
    vera = browser_of(acme, "vera")
    sentence = "This goes beyond what you may do yourself."
    pages = (
        vera.post(f"{ROLES}add/", **NEW | {"name": "Hers"}),
        vera.post(f"{ROLES}{role}/change/", **NEW | {"name": "Hers"}),
        vera.post(f"{MEMBERS}add/", role=role, user=str(acme.people["vera"].id)),
    )
    assert [(page.status, sentence in page.words) for page in pages] == [(200, True)] * 3
    assert vera.post(f"{ROLES}{role}/delete/", post="yes").goes_to == "../change/"
    assert [name for name, _, _ in roles_of(acme)] == ["Auditors", "Deputies"]


@pytest.mark.parametrize("path", [ROLES, MEMBERS])
def test_one_row_and_three_take_the_same_number_of_queries(acme: Cast, alice: Api, admin: Browser, path: str) -> None:
    give(alice, compose(alice, "audit:read"), acme.people["bob"].id)
    admin.get(path)
    one = statements_of(lambda: admin.get(path))
    for number in (2, 3):
        give(alice, compose(alice, "audit:read", name=f"Role {number}"), acme.people["vera"].id)
    assert len(statements_of(lambda: admin.get(path))) == len(one) <= 9
