"""Sessions in the dashboard: one's own, and everybody's for admins."""

from __future__ import annotations

import pytest

from tests.acts import rows
from tests.browsers import Browser, browser_of
from tests.cast import Cast

SESSIONS = "/admin/accounts/session/"


@pytest.fixture
def alice(acme: Cast) -> Browser:
    return browser_of(acme, "alice")


@pytest.fixture
def vera(acme: Cast) -> Browser:
    return browser_of(acme, "vera")


def newest_action(cast: Cast) -> tuple[str, str]:
    ((action, who),) = rows("SELECT action, actor_label FROM audit_logs ORDER BY created_at DESC LIMIT 1", cast)
    return action, who


def test_an_admin_ends_a_session(acme: Cast, alice: Browser, vera: Browser) -> None:
    assert "vera@acme.example" in alice.get(SESSIONS).words
    ((theirs,),) = rows("SELECT s.id FROM sessions s JOIN users u ON u.id = user_id WHERE email LIKE 'vera%%'", acme)
    assert alice.post(SESSIONS, action="end_sessions", _selected_action=str(theirs)).status == 302
    assert newest_action(acme) == ("session.ended", "alice@acme.example")
    assert vera.get("/admin/").goes_to == "/admin/login/?next=/admin/"


@pytest.mark.fault("D4")
def test_who_manages_nobody_sees_and_ends_their_own_sessions_alone(acme: Cast, alice: Browser, vera: Browser) -> None:
    assert "vera@acme.example" in alice.get(SESSIONS).words, "there is something to see"
    page = vera.get(SESSIONS)
    assert (page.status, "vera@acme.example" in page.words, "alice@acme.example" in page.words) == (200, True, False)
    assert "alice@acme.example" not in vera.get(SESSIONS + "?q=alice").words
    sessions = dict(
        rows("SELECT email, s.id FROM sessions s JOIN users u ON u.id = user_id WHERE ended_at IS NULL", acme)
    )
    alices, veras = sessions["alice@acme.example"], sessions["vera@acme.example"]
    assert vera.get(f"{SESSIONS}{alices}/change/").status == 302, "it is nobody's"
    vera.post(SESSIONS, action="end_sessions", _selected_action=str(alices))
    assert alice.get("/admin/").status == 200
    vera.post(SESSIONS, action="end_sessions", _selected_action=str(veras))
    assert (vera.get("/admin/").status, newest_action(acme)) == (302, ("session.ended", "vera@acme.example"))


@pytest.mark.fault("D4")
def test_selecting_what_is_no_session_ends_none(acme: Cast, alice: Browser) -> None:
    assert alice.post(SESSIONS, action="end_sessions", _selected_action="x").status < 500
