"""What ends, ends from the very next call: no token and no cache outlives it."""

from __future__ import annotations

import pytest

from tenants.models import Status
from tests.acts import demote, rows, set_status
from tests.cast import PASSWORD, Answer, Api, Cast
from workix.core.permissions import Role

WHO = "WHERE email = 'alice@acme.example'"


def outcome(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.body.get("code", "")


@pytest.mark.requirement("S14")
@pytest.mark.parametrize(
    "ending",
    [
        "UPDATE sessions SET ended_at = now()",
        "UPDATE sessions SET expires_at = now()",
        "DELETE FROM sessions",
        f"UPDATE users SET role = 'viewer' {WHO}",
        f"UPDATE users SET is_active = false {WHO}",
        f"UPDATE users SET deleted_at = now() {WHO}",
        f"UPDATE sessions SET user_id = (SELECT id FROM users WHERE email = 'bob@acme.example')",  # noqa: F541
    ],
)
def test_a_session_that_is_over_is_refused_on_the_next_call(acme: Cast, alice: Api, ending: str) -> None:
    assert alice.get("me/").status == 200
    rows(ending, acme)
    answer = alice.get("me/")
    assert outcome(answer) == (401, "session_revoked")
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="workix"'


@pytest.mark.requirement("S13")
def test_a_demotion_holds_from_the_next_call(acme: Cast, alice: Api) -> None:
    """It ends every session; and were one left, its permissions are read anew."""
    assert (alice.get("audit-logs/").status, alice.get("me/").body["role"]) == (200, "admin")
    demote(acme, "alice@acme.example", Role.USER)
    assert outcome(alice.get("audit-logs/")) == (403, "permission_denied")
    assert alice.get("me/").body["role"] == "user"


@pytest.mark.parametrize("host", ["localhost", "acme.localhost"])
@pytest.mark.parametrize("forget", [True, False])
def test_a_suspension_holds_from_the_next_call(acme: Cast, alice: Api, host: str, forget: bool) -> None:
    here = Api(alice.access, host)
    assert here.get("me/").status == 200
    set_status(acme, Status.SUSPENDED, forget=forget)
    assert outcome(here.get("me/")) == (403, "organization_suspended")
    set_status(acme, Status.ACTIVE)
    assert here.get("me/").status == 200


def test_a_suspended_organizations_neighbours_do_not_notice(acme: Cast, gina: Api) -> None:
    set_status(acme, Status.SUSPENDED)
    assert gina.get("me/").status == 200


def test_the_end_of_one_session_is_not_the_end_of_another(acme: Cast, alice: Api) -> None:
    other = Api(Api().post("auth/login/", {"email": "alice@acme.example", "password": PASSWORD}).body["access"])
    rows("UPDATE sessions SET ended_at = now() WHERE id = (SELECT id FROM sessions ORDER BY created_at LIMIT 1)", acme)
    assert sorted([alice.get("me/").status, other.get("me/").status]) == [200, 401]


def test_a_removed_organizations_token_leads_nowhere(globex: Cast, gina: Api) -> None:
    assert gina.get("me/").status == 200
    rows("UPDATE organizations SET deleted_at = now() WHERE slug = 'globex'")
    assert outcome(gina.get("me/"))[0] in (401, 403)
    assert gina.get("users/").status in (401, 403)
