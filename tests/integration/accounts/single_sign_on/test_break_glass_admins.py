"""Break-glass admins who are demoted, deactivated or removed: the last one stays, others leave the list, also in races."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from accounts.models import IdentityProvider, User
from tests.acts import at_once, join, rows
from tests.browsers import Browser, browser_of
from tests.cast import Answer, Api, Cast, api_of
from tests.integration.accounts.api_keys.callers import service
from tests.integration.accounts.single_sign_on.provider import FakeProvider
from tests.integration.accounts.single_sign_on.signing_on import connect, sign_on
from tests.races import second
from workix.core.permissions import Role

POLICIES = "organization/policies/"
ALICE = {"sub": "alice-1", "email": "alice@acme.example", "email_verified": True}
LAST = (409, "last_break_glass_admin")
WAYS = ["demote", "deactivate", "remove"]


@pytest.fixture
def ada(acme: Cast) -> User:
    return join(acme, "ada@acme.example", Role.ADMIN)


@pytest.fixture
def by_ada(acme: Cast, ada: User) -> Api:
    """Speak as Ada, who logged in while passwords were allowed."""
    return api_of(Cast(acme.organization, {"ada": ada}), "ada")


@pytest.fixture
def signed_on(browser: Browser, provider: IdentityProvider, fake: FakeProvider) -> None:
    """Alice signed on, so she may forbid passwords."""
    fake.person = dict(ALICE)
    sign_on(browser, provider, fake)


def outcome(answer: Answer) -> tuple[int, str]:
    return answer.status, (answer.body or {}).get("code", "")


def listed(acme: Cast) -> list[str]:
    ((found,),) = rows("SELECT break_glass_admins FROM security_policies", acme)
    return list(found)


def forbid(by: Api, *named: User, only: bool = True) -> Answer:
    ids = sorted(str(each.id) for each in named)
    return by.patch(POLICIES, {"single_sign_on_only": only, "break_glass_admins": ids})


def take(by: Api, whom: User, way: str) -> Answer:
    path = f"users/{whom.id}/"
    acts: dict[str, Callable[[], Answer]] = {
        "demote": lambda: by.patch(path, {"role": "user"}),
        "deactivate": lambda: by.patch(path, {"is_active": False}),
        "remove": lambda: by.delete(path),
    }
    return acts[way]()


@pytest.mark.usefixtures("signed_on")
@pytest.mark.parametrize("way", WAYS)
def test_the_last_one_stays_an_admin(acme: Cast, alice: Api, by_ada: Api, way: str) -> None:
    assert forbid(alice, acme.people["alice"]).status == 200
    assert outcome(take(by_ada, acme.people["alice"], way)) == LAST
    assert rows("SELECT role, is_active FROM users WHERE email = 'alice@acme.example'", acme) == [("admin", True)]
    assert listed(acme) == [str(acme.people["alice"].id)]


@pytest.mark.usefixtures("signed_on")
@pytest.mark.parametrize("way", WAYS)
def test_any_other_leaves_the_list_with_what_they_were(acme: Cast, alice: Api, ada: User, way: str) -> None:
    assert forbid(alice, acme.people["alice"], ada).status == 200
    assert take(alice, ada, way).status in (200, 204)
    assert listed(acme) == [str(acme.people["alice"].id)]
    written = "SELECT changes FROM audit_logs WHERE resource_type = 'security_policy' ORDER BY created_at DESC LIMIT 1"
    assert list(rows(written, acme)[0][0]) == ["break_glass_admins"]


def test_while_passwords_are_allowed_the_last_one_may_go(acme: Cast, alice: Api, ada: User) -> None:
    assert forbid(alice, ada, only=False).status == 200
    assert take(alice, ada, "remove").status == 204
    assert listed(acme) == []


@pytest.mark.usefixtures("signed_on")
def test_who_becomes_an_admin_again_is_on_no_list_by_that(acme: Cast, alice: Api, ada: User) -> None:
    forbid(alice, acme.people["alice"], ada)
    take(alice, ada, "demote")
    assert alice.patch(f"users/{ada.id}/", {"role": "admin"}).status == 200
    assert listed(acme) == [str(acme.people["alice"].id)]


@pytest.mark.usefixtures("signed_on")
def test_one_who_could_not_come_in_does_not_count(acme: Cast, alice: Api, ada: User, by_ada: Api) -> None:
    """As a list from before these rules may have it."""
    forbid(alice, acme.people["alice"], ada)
    rows("UPDATE users SET email_confirmed_at = NULL WHERE email = 'ada@acme.example'", acme)
    assert outcome(take(by_ada, acme.people["alice"], "demote")) == LAST


@pytest.mark.usefixtures("signed_on")
def test_the_dashboard_says_so_too(acme: Cast, alice: Api, ada: User) -> None:
    assert forbid(alice, ada).status == 200
    admin = browser_of(Cast(acme.organization, {"ada": ada}), "ada")
    forbid(alice, acme.people["alice"])
    page = admin.post(f"/admin/accounts/user/{acme.people['alice'].id}/delete/", post="yes")
    assert page.goes_to == "../change/"
    assert "the last of them who could come in" in admin.get("/admin/accounts/user/").words
    assert listed(acme) == [str(acme.people["alice"].id)]


@pytest.mark.usefixtures("signed_on")
def test_scim_neither_deactivates_nor_removes_the_last_one(acme: Cast, alice: Api, ada: User) -> None:
    forbid(alice, ada)
    okta = service(acme, "scim:provision")
    path = f"scim/v2/Users/{ada.id}"
    gone = {
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
        "Operations": [{"op": "replace", "path": "active", "value": False}],
    }
    assert [okta.patch(path, gone).status, okta.delete(path).status] == [409, 409]
    forbid(alice, acme.people["alice"], ada)
    assert okta.patch(path, gone).status == 200
    assert listed(acme) == [str(acme.people["alice"].id)]


def test_groups_of_a_provider_demote_the_last_one_no_more(
    acme: Cast, alice: Api, ada: User, fake: FakeProvider
) -> None:
    provider = connect(acme, fake, group_roles={"bosses": "admin"})
    fake.person = {**ALICE, "groups": ["bosses"]}
    sign_on(Browser(acme.host), provider, fake)
    assert forbid(alice, acme.people["alice"]).status == 200
    fake.person = dict(ALICE)
    assert sign_on(Browser(acme.host), provider, fake).status == 302
    assert rows("SELECT role FROM users WHERE email = 'alice@acme.example'", acme) == [("admin",)]


@pytest.mark.usefixtures("signed_on")
def test_of_two_who_demote_each_other_one_stays(acme: Cast, alice: Api, ada: User, by_ada: Api) -> None:
    join(acme, "amy@acme.example", Role.ADMIN)
    forbid(alice, acme.people["alice"], ada)
    pairs = [(alice, ada), (by_ada, acme.people["alice"])]
    answers = at_once(lambda each: take(pairs[each][0], pairs[each][1], "demote"), 2)
    assert min(answer.status for answer in answers) == 200
    assert len(listed(acme)) == 1
    assert rows("SELECT count(*) FROM users WHERE role = 'admin' AND id::text = %(id)s", acme, id=listed(acme)[0]) == [
        (1,)
    ]


@pytest.mark.usefixtures("signed_on")
def test_who_demotes_waits_for_whoever_decides_about_the_policy(acme: Cast, alice: Api, ada: User) -> None:
    forbid(alice, acme.people["alice"], ada)
    named = f"UPDATE security_policies SET break_glass_admins = '[\"{ada.id}\"]'"
    assert outcome(second(lambda: take(alice, ada, "demote"), after=named, of=acme)) == LAST


@pytest.mark.usefixtures("signed_on")
@pytest.mark.parametrize("decided", [False, True])
def test_who_names_somebody_waits_for_whoever_demotes_them(acme: Cast, alice: Api, ada: User, decided: bool) -> None:
    """Also where nobody decided anything yet, so that there is no policy to lock."""
    if decided:
        assert alice.patch(POLICIES, {"password_history": 1}).status == 200
    demoted = "UPDATE users SET role = 'user' WHERE email = 'ada@acme.example'"
    refused = second(lambda: forbid(alice, ada), after=demoted, of=acme)
    assert [(each["field"], each["code"]) for each in refused.body["errors"]] == [("break_glass_admins", "no_admin")]


@pytest.mark.usefixtures("signed_on")
def test_who_forbids_passwords_waits_for_whoever_disables_the_provider(acme: Cast, alice: Api) -> None:
    disabled = "UPDATE identity_providers SET is_enabled = false"
    refused = second(lambda: forbid(alice, acme.people["alice"]), after=disabled, of=acme)
    assert [(each["field"], each["code"]) for each in refused.body["errors"]] == [("single_sign_on_only", "not_tested")]
