"""The organization's dashboard: admins write, viewers read, nobody else comes in."""

from __future__ import annotations

from typing import Any

import pytest

from tenants.models import Status
from tests.acts import demote, join, rows, set_status, statements_of
from tests.browsers import Browser, browser_of
from tests.cast import PASSWORD, Cast
from workix.core.permissions import Role
from workix.core.signals import access_refused

PEOPLE, INVITATIONS, SESSIONS, TRAIL, QUOTAS = (
    "/admin/accounts/user/",
    "/admin/accounts/invitation/",
    "/admin/accounts/session/",
    "/admin/audit/logentry/",
    "/admin/quotas/quota/",
)


@pytest.fixture
def alice(acme: Cast) -> Browser:
    return browser_of(acme, "alice")


@pytest.fixture
def vera(acme: Cast) -> Browser:
    return browser_of(acme, "vera")


def person(**changes: Any) -> dict[str, Any]:
    return {"email": "carol@acme.example", "role": "user", "first_name": "Carol", **changes}


def seats(cast: Cast) -> tuple[int, int]:
    """Count people who are there, and seats that are taken."""
    query = "SELECT used FROM public.quotas WHERE resource = 'users' AND organization_id = %(id)s"
    ((there,),) = rows("SELECT count(*) FROM users WHERE deleted_at IS NULL", cast)
    ((taken,),) = rows(query, id=cast.organization.id)
    return there, taken


def newest_action(cast: Cast) -> tuple[str, str]:
    ((action, who),) = rows("SELECT action, actor_label FROM audit_logs ORDER BY created_at DESC LIMIT 1", cast)
    return action, who


def test_the_home_page_says_where_one_is_and_what_is_left(alice: Browser) -> None:
    home = alice.get("/admin/")
    assert home.status == 200
    for words in (
        "Acme Free plan",
        "People 3 of 5 3 of 5 2 left",
        "Executions 0 of 1,000",
        "Newest in the audit trail",
    ):
        assert words in home.words
    assert '<progress max="5" value="3"' in home.text


@pytest.mark.parametrize("name", ["alice", "vera"])
def test_nothing_shared_shows(acme: Cast, globex: Cast, name: str) -> None:
    browser = browser_of(acme, name)
    for path in ("/admin/", PEOPLE, SESSIONS, QUOTAS):
        page = browser.get(path)
        assert (page.status, "Globex" in page.words or "globex" in page.text) == (200, False)
    for path in ("tenants/organization/", "tenants/domain/", "procrastinate/procrastinatejob/", "auth/group/"):
        assert browser.get(f"/admin/{path}").status == 404


def test_an_admin_changes_and_removes_a_person(acme: Cast, alice: Browser) -> None:
    bob = f"{PEOPLE}{acme.people['bob'].id}/"
    changed = {"role": "viewer", "is_active": "on", "first_name": "Robert", "last_name": "B"}
    assert alice.post(bob + "change/", **changed).status == 302
    assert rows("SELECT role, first_name FROM users WHERE email = 'bob@acme.example'", acme) == [("viewer", "Robert")]
    assert newest_action(acme) == ("user.updated", "alice@acme.example")
    assert "Delete bob@acme.example?" in alice.get(bob + "delete/").words
    assert alice.post(bob + "delete/", post="yes").status == 302
    assert (seats(acme), newest_action(acme)) == ((2, 2), ("user.deleted", "alice@acme.example"))


def test_the_last_admin_stays(acme: Cast, alice: Browser) -> None:
    herself = f"{PEOPLE}{acme.people['alice'].id}/"
    answer = alice.post(herself + "change/", role="user", is_active="on", first_name="Alice", last_name="")
    assert (answer.status, "This is the last active admin." in answer.words) == (200, True)
    assert alice.post(herself + "delete/", post="yes").goes_to == "../change/"
    assert "This is the last active admin." in alice.get(herself + "change/").words
    assert seats(acme) == (3, 3)


def test_the_trail_is_shown_with_before_and_after(acme: Cast, alice: Browser) -> None:
    bob = f"{PEOPLE}{acme.people['bob'].id}/change/"
    alice.post(bob, role="viewer", is_active="on", first_name="Bob", last_name="")
    ((entry,),) = rows("SELECT id FROM audit_logs ORDER BY created_at DESC LIMIT 1", acme)
    page = alice.get(f"{TRAIL}{entry}/change/")
    for words in ("user.updated", "alice@acme.example", "role User Viewer", "the database, which saw the row change"):
        assert words in page.words
    history = alice.get(f"{TRAIL}?resource_type=user&resource_id={acme.people['bob'].id}")
    assert (history.status, "user.updated" in history.words) == (200, True)
    assert "user.updated" in alice.get(f"{TRAIL}?q=alice%40&action=user.updated").words


@pytest.mark.parametrize("path", [f"{PEOPLE}{{}}/history/", "/admin/r/1/{}/", "/admin/doc/"])
def test_pages_of_djangos_own_that_do_not_belong_here_are_not_there(acme: Cast, alice: Browser, path: str) -> None:
    assert alice.get(path.format(acme.people["bob"].id)).status == 404


def test_history_leads_into_the_trail_for_who_may_read_it(acme: Cast, alice: Browser, vera: Browser) -> None:
    bob = acme.people["bob"].id
    link = f"{TRAIL}?resource_type=user&amp;resource_id={bob}"
    found = [link in browser.get(f"{PEOPLE}{bob}/change/").text for browser in (alice, vera)]
    assert found == [True, False]


def test_a_refused_click_is_recorded_like_a_refused_call(acme: Cast, vera: Browser) -> None:
    refused: list[tuple[str, str]] = []

    def hear(sender: object, permission: str, path: str, **more: Any) -> None:
        refused.append((str(permission), path))

    access_refused.connect(hear)
    vera.get(PEOPLE)
    assert refused == []
    vera.get(PEOPLE + "add/")
    vera.get(TRAIL)
    assert refused == [("users:write", PEOPLE + "add/"), ("audit:read", TRAIL)]


@pytest.mark.parametrize("path", ["add/", "{}/delete/"])
def test_nobody_writes_the_trail(acme: Cast, alice: Browser, path: str) -> None:
    written = "SELECT count(*) FROM audit_logs WHERE action <> 'access.refused'"
    ((entry,),) = rows("SELECT id FROM audit_logs LIMIT 1", acme)
    before = rows(written, acme)
    assert alice.post(TRAIL + path.format(entry), post="yes").status == 403
    assert alice.post(f"{TRAIL}{entry}/change/", action="nothing").status == 403
    assert rows(written, acme) == before


def test_a_viewer_may_look_but_not_take(acme: Cast, vera: Browser) -> None:
    for path in ("/admin/", PEOPLE, SESSIONS, QUOTAS, f"{PEOPLE}{acme.people['bob'].id}/change/"):
        assert vera.get(path).status == 200
    assert vera.get(TRAIL).status == 403
    assert "Newest in the audit trail" not in vera.get("/admin/").words
    bob = f"{PEOPLE}{acme.people['bob'].id}/"
    before = rows("SELECT * FROM users ORDER BY id", acme)
    for path in (PEOPLE + "add/", INVITATIONS, INVITATIONS + "add/"):
        assert vera.get(path).status == 403
    for path, fields in {
        PEOPLE + "add/": person(),
        INVITATIONS + "add/": person(),
        INVITATIONS: {"action": "withdraw_selected", "_selected_action": "x"},
        bob + "change/": {"role": "admin", "is_active": "on"},
        bob + "delete/": {"post": "yes"},
        TRAIL: {"action": "x"},
    }.items():
        assert vera.post(path, **fields).status == 403
    vera.post(SESSIONS, action="end_sessions", _selected_action="x")
    assert rows("SELECT count(*) FROM sessions WHERE ended_at IS NULL", acme) == [(1,)]
    assert rows("SELECT * FROM users ORDER BY id", acme) == before


def test_a_user_does_not_come_in(acme: Cast) -> None:
    browser = Browser(acme.host)
    answer = browser.log_in("bob@acme.example")
    assert (answer.status, "Your role has no access to the dashboard." in answer.words) == (200, True)
    assert browser.log_in("bob@acme.example", to="/api/v1/me/").goes_to == "/api/v1/me/"
    assert browser.get("/admin/").goes_to == "/admin/login/?next=/admin/"
    assert browser.get(PEOPLE).status == 302


@pytest.mark.requirement("S13")
def test_a_demotion_and_a_removal_hold_from_the_next_click(acme: Cast, alice: Browser) -> None:
    join(acme, "deputy@acme.example", Role.ADMIN)
    assert alice.get(INVITATIONS + "add/").status == 200
    demote(acme, "alice@acme.example", Role.VIEWER)
    assert alice.get(INVITATIONS + "add/").status == 403
    rows("UPDATE users SET deleted_at = now(), is_active = false WHERE email = 'alice@acme.example'", acme)
    assert alice.get(PEOPLE).status == 302


@pytest.mark.parametrize("forget", [True, False])
def test_a_suspended_organization_is_shut(acme: Cast, alice: Browser, forget: bool) -> None:
    set_status(acme, Status.SUSPENDED, forget=forget)
    page = alice.get("/admin/")
    assert (page.status, page.headers["Content-Type"].partition(";")[0]) == (403, "text/html")
    assert "This organization is suspended." in page.words


def test_a_password_is_guessed_in_vain(acme: Cast) -> None:
    browser = Browser(acme.host)
    for _ in range(10):
        assert "The address or the password is wrong." in browser.log_in("alice@acme.example", "wrong " * 3).words
    locked = browser.log_in("alice@acme.example")
    assert (locked.status, "Too many log-ins failed for this address." in locked.words) == (200, True)


def test_log_in_and_log_out_are_sessions_like_any_other(acme: Cast, alice: Browser) -> None:
    assert rows("SELECT count(*) FROM sessions WHERE ended_at IS NULL", acme) == [(1,)]
    assert newest_action(acme) == ("session.started", "alice@acme.example")
    kept = alice.cookie()
    assert alice.post("/admin/logout/").status == 200
    assert newest_action(acme) == ("session.ended", "alice@acme.example")
    alice.client.cookies["workix"] = kept
    assert alice.get("/admin/").status == 302


def test_ones_own_password_is_changed_through_the_capability(acme: Cast, alice: Browser) -> None:
    other = browser_of(acme, "alice")
    new = "a better horse battery"
    wrong = alice.post("/admin/password_change/", old_password="no", new_password1=new, new_password2=new)
    assert "This is not your password." in wrong.words
    fields = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert alice.post("/admin/password_change/", **fields | {"new_password2": "x"}).status == 200
    assert alice.post("/admin/password_change/", **fields).goes_to == "done/"
    assert alice.get("/admin/password_change/done/").status == 200
    assert other.get("/admin/").status == 302, "Every other session has ended."
    assert Browser(acme.host).log_in("alice@acme.example", new).goes_to == "/admin/"


def test_a_cookie_of_another_organization_is_worthless(acme: Cast, globex: Cast, alice: Browser) -> None:
    thief = Browser(globex.host)
    thief.client.cookies["workix"] = alice.cookie()
    assert thief.get("/admin/").goes_to == "/admin/login/?next=/admin/"
    assert thief.get("/api/v1/me/", Accept="application/json").status == 401
    assert Browser(globex.host).log_in("alice@acme.example").status == 200


def test_a_form_from_elsewhere_is_refused(acme: Cast, alice: Browser) -> None:
    answer = alice.post(INVITATIONS + "add/", **person(), csrfmiddlewaretoken="x" * 32)
    assert (answer.status, "This page was open for too long" in answer.words, seats(acme)) == (403, True, (3, 3))


@pytest.mark.parametrize("lookup", ["password__startswith=a", "email__startswith=a", "sessions__refresh_hash=x"])
def test_an_address_filters_by_nothing_the_page_does_not_offer(alice: Browser, lookup: str) -> None:
    assert alice.get(f"{PEOPLE}?{lookup}").status == 400
    assert alice.get(f"{PEOPLE}?role__exact=admin").status == 200


def test_no_secret_is_on_any_page(acme: Cast, alice: Browser) -> None:
    ((hashed,),) = rows("SELECT password_hash FROM users WHERE email = 'bob@acme.example'", acme)
    ((session,),) = rows("SELECT id FROM sessions", acme)
    for path in (f"{PEOPLE}{acme.people['bob'].id}/change/", f"{SESSIONS}{session}/change/", SESSIONS, PEOPLE):
        page = alice.get(path)
        assert (page.status, hashed in page.text, "refresh_hash" in page.text) == (200, False, False)


@pytest.mark.parametrize("path", [PEOPLE, SESSIONS, TRAIL])
def test_one_row_and_three_take_the_same_number_of_queries(acme: Cast, alice: Browser, path: str) -> None:
    alice.get(path)
    few = statements_of(lambda: alice.get(path))
    for name in ("one", "two"):
        join(acme, f"{name}@acme.example", Role.VIEWER)
        assert Browser(acme.host).log_in(f"{name}@acme.example").status == 302
    many = statements_of(lambda: alice.get(path))
    assert len(few) == len(many) <= 9
    assert [each for each in many if "django_content_type" in each or "django_admin_log" in each] == []
