"""Privilege escalation: somebody with a part of what an admin holds tries to get, give, take or change more."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone

from accounts.api_keys.keys import issue
from accounts.members import change
from accounts.models import Session
from accounts.roles.escalation import MoreThanYouHold
from tenants.scope import use_tenant
from tests.acts import join, rows, set_limit
from tests.browsers import browser_of
from tests.cast import PASSWORD, Answer, Api, Cast, api_of
from tests.integration.accounts.api_keys.callers import outcome
from tests.integration.accounts.invitations.invited import accept, invited
from tests.integration.accounts.roles.composed import NOT_YOURS, compose, give, told, with_role
from workix.core.current import Actor, Current
from workix.core.permissions import Role

#: What role `user` has and a viewer lacks, whom she is besides: nobody gives or takes that role without.
OF_USERS = ("agents:read", "agents:write", "agents:report", "proposals:read")
DEPUTY = ("users:write", "roles:read", "roles:write", "api_keys:write", "dashboard:enter", *OF_USERS)
#: What Vera, a viewer and deputy, does not hold.
MORE = ("audit:read", "organization:write", "policies:write", "quotas:consume")


@pytest.fixture
def deputy(acme: Cast, alice: Api) -> tuple[Api, str]:
    """Let Vera be a deputy: who speaks as her, and the role."""
    set_limit(acme, "users", 9)
    return with_role(acme, alice, "vera", *DEPUTY)


def everything(acme: Cast) -> list[tuple[object, ...]]:
    """Read who may do what, as the database has it."""
    people = rows("SELECT email, role, is_active, deleted_at IS NULL FROM users ORDER BY email", acme)
    roles = rows("SELECT name, permissions FROM roles ORDER BY name", acme)
    members = rows("SELECT name, user_id::text FROM role_members ORDER BY name, user_id", acme)
    return [*people, *roles, *members, *rows("SELECT email, role, status FROM invitations", acme)]


Attack = Callable[[Cast, Api, str], Answer]
ATTACKS: dict[str, Attack] = {
    "make oneself an admin": lambda acme, vera, role: vera.patch(f"users/{acme.people['vera'].id}/", {"role": "admin"}),
    "make a friend an admin": lambda acme, vera, role: vera.patch(f"users/{acme.people['bob'].id}/", {"role": "admin"}),
    "demote an admin": lambda acme, vera, role: vera.patch(f"users/{acme.people['ada'].id}/", {"role": "viewer"}),
    "write an admin's role again": lambda acme, vera, role: vera.patch(
        f"users/{acme.people['ada'].id}/", {"role": "admin"}
    ),
    "shut an admin out": lambda acme, vera, role: vera.patch(f"users/{acme.people['ada'].id}/", {"is_active": False}),
    "remove an admin": lambda acme, vera, role: vera.delete(f"users/{acme.people['ada'].id}/"),
    "let an admin in again": lambda acme, vera, role: vera.patch(
        f"users/{acme.people['ines'].id}/", {"is_active": True}
    ),
    "reset an admin's second factors": lambda acme, vera, role: vera.delete(
        f"users/{acme.people['ada'].id}/second-factors/"
    ),
    "reset those of an admin who may not log in": lambda acme, vera, role: vera.delete(
        f"users/{acme.people['ines'].id}/second-factors/"
    ),
    "add an admin": lambda acme, vera, role: vera.post(
        "users/", {"email": "friend@acme.example", "password": PASSWORD, "role": "admin"}
    ),
    "invite an admin": lambda acme, vera, role: vera.post("users/", {"email": "friend@acme.example", "role": "admin"}),
    "invite one otherwise": lambda acme, vera, role: vera.post(
        "invitations/", {"email": "friend@acme.example", "role": "admin"}
    ),
    "withdraw an admin's invitation": lambda acme, vera, role: vera.delete(f"invitations/{invitation_of(acme)}/"),
    "resend an admin's invitation": lambda acme, vera, role: vera.post(f"invitations/{invitation_of(acme)}/resend/"),
    "add whoever is to be an admin as less": lambda acme, vera, role: vera.post(
        "users/", {"email": "nora@acme.example", "password": PASSWORD, "role": "viewer"}
    ),
    "compose more": lambda acme, vera, role: vera.post("roles/", {"name": "Mine", "permissions": [*DEPUTY, MORE[0]]}),
    "widen a role one is in": lambda acme, vera, role: vera.patch(
        f"roles/{role}/", {"permissions": [*DEPUTY, "audit:read"]}
    ),
    "rename what is more": lambda acme, vera, role: vera.patch(f"roles/{acme_role(acme)}/", {"name": "Nothing much"}),
    "narrow what is more": lambda acme, vera, role: vera.patch(
        f"roles/{acme_role(acme)}/", {"permissions": ["users:read"]}
    ),
    "delete what is more": lambda acme, vera, role: vera.delete(f"roles/{acme_role(acme)}/"),
    "give oneself more": lambda acme, vera, role: give(vera, acme_role(acme), acme.people["vera"].id),
    "give a friend more": lambda acme, vera, role: give(vera, acme_role(acme), acme.people["mo"].id),
    "take more from somebody": lambda acme, vera, role: vera.delete(
        f"roles/{acme_role(acme)}/members/{acme.people['bob'].id}/"
    ),
    "remove who holds more by an own role": lambda acme, vera, role: vera.delete(f"users/{acme.people['bob'].id}/"),
    "shut out who holds more by an own role": lambda acme, vera, role: vera.patch(
        f"users/{acme.people['bob'].id}/", {"is_active": False}
    ),
}


def invitation_of(acme: Cast) -> str:
    ((invitation,),) = rows("SELECT id FROM invitations WHERE role = 'admin'", acme)
    return str(invitation)


def acme_role(acme: Cast) -> str:
    ((role,),) = rows("SELECT id FROM roles WHERE name = 'Auditors'", acme)
    return str(role)


@pytest.fixture
def scene(acme: Cast, alice: Api, deputy: tuple[Api, str]) -> tuple[Cast, Api, str]:
    """Ada is an admin, Ines is but may not log in, Nora is to be; Bob has a role that holds more than Vera, Mo has nothing."""
    people = dict(acme.people)
    people["ada"] = join(acme, "ada@acme.example", Role.ADMIN)
    people["ines"] = join(acme, "ines@acme.example", Role.ADMIN)
    people["mo"] = join(acme, "mo@acme.example", Role.VIEWER)
    alice.patch(f"users/{people['ines'].id}/", {"is_active": False})
    alice.post("invitations/", {"email": "nora@acme.example", "role": "admin"})
    give(alice, compose(alice, "audit:read", "users:read"), people["bob"].id)
    return Cast(acme.organization, people), *deputy


@pytest.mark.requirement("S13")
@pytest.mark.parametrize("attack", ATTACKS)
def test_nobody_passes_on_more_than_they_hold(scene: tuple[Cast, Api, str], attack: str) -> None:
    acme, vera, role = scene
    before = everything(acme)
    answer = ATTACKS[attack](acme, vera, role)
    assert (told(answer), everything(acme)) == (NOT_YOURS, before)


def test_what_one_holds_one_passes_on(scene: tuple[Cast, Api, str]) -> None:
    acme, vera, role = scene
    mo = acme.people["mo"].id
    made = vera.post("roles/", {"name": "Invite", "permissions": ["users:write"]})
    path = f"roles/{made.body['id']}/"
    answers = [
        vera.patch(path, {"permissions": ["users:write", "roles:read"]}),
        give(vera, made.body["id"], mo),
        vera.delete(f"{path}members/{mo}/"),
        vera.delete(path),
        vera.patch(f"users/{mo}/", {"role": "user"}),
        vera.patch(f"users/{mo}/", {"is_active": False}),
        vera.delete(f"users/{mo}/"),
        vera.post("invitations/", {"email": "friend@acme.example", "role": "user"}),
        vera.delete(f"roles/{role}/members/{acme.people['vera'].id}/"),
    ]
    assert [answer.status for answer in answers] == [200, 201, 204, 204, 200, 200, 204, 201, 204]
    assert vera.get("roles/").status == 403, "she took it from herself"


def test_a_chain_of_roles_leads_no_higher(acme: Cast, alice: Api, deputy: tuple[Api, str]) -> None:
    """Each of two friends gives the other all they have: together they hold what one of them held."""
    vera, _ = deputy
    bob, _ = with_role(acme, alice, "bob", "roles:write", "quotas:consume", name="Consumers")
    assert told(give(bob, compose(vera, "users:write", name="Mine"), acme.people["bob"].id)) == NOT_YOURS
    assert give(bob, compose(bob, "quotas:consume", name="His"), acme.people["vera"].id).status == 201
    assert told(vera.post("roles/", {"name": "All", "permissions": [*DEPUTY, "quotas:consume"]})) == (201, "")
    assert told(vera.post("roles/", {"name": "More", "permissions": ["audit:read"]})) == NOT_YOURS


@pytest.mark.parametrize("more", MORE)
def test_an_api_key_holds_no_more_than_who_issues_it(deputy: tuple[Api, str], more: str) -> None:
    answer = deputy[0].post("api-keys/", {"name": "Runner", "scopes": [more]})
    assert (answer.status, answer.body["code"]) == (400, "validation_error")


def test_a_key_keeps_what_was_confirmed_and_says_when_nobody_holds_it_any_more(
    acme: Cast, alice: Api, deputy: tuple[Api, str]
) -> None:
    vera, _ = deputy
    _, role = with_role(acme, alice, "vera", "audit:read", "api_keys:read", name="Readers")
    made = vera.post("api-keys/", {"name": "Runner", "scopes": ["audit:read"]}).body
    path = f"api-keys/{made['id']}/"
    assert (made["needs_confirmation"], alice.get(path).body["needs_confirmation"]) == (False, False)
    alice.delete(f"roles/{role}/members/{acme.people['vera'].id}/")
    assert (Api(made["key"]).get("audit-logs/").status, alice.get(path).body["needs_confirmation"]) == (200, True)
    assert outcome(vera.post(f"{path}rotation/", {"overlap_hours": 0})) == NOT_YOURS
    assert outcome(vera.patch(path, {"name": "Mine"})) == NOT_YOURS
    assert alice.post(f"{path}confirmation/").body["needs_confirmation"] is False


def test_an_invitation_is_worth_what_its_sender_holds_by_own_roles(
    acme: Cast, alice: Api, deputy: tuple[Api, str], run_jobs: Callable[[], None]
) -> None:
    vera, role = deputy
    token = invited(vera, run_jobs, role="user")
    alice.patch(f"roles/{role}/", {"permissions": ["roles:read"]})
    assert told(accept(token)) == (400, "token_invalid")
    alice.patch(f"roles/{role}/", {"permissions": list(DEPUTY)})
    assert accept(token).status == 201


def test_an_admins_session_is_not_a_deputys_to_end(acme: Cast, alice: Api, deputy: tuple[Api, str]) -> None:
    browser = browser_of(acme, "vera")
    with use_tenant(acme.organization):
        theirs = {
            name: Session.objects.filter(user=acme.people[name]).order_by("created_at")[0].id
            for name in ("alice", "vera")
        }
    page = browser.post(
        "/admin/accounts/session/", action="end_sessions", _selected_action=[str(theirs["alice"])], index=0
    )
    assert (page.status, alice.get("me/").status) == (302, 200)
    browser.post("/admin/accounts/session/", action="end_sessions", _selected_action=[str(theirs["vera"])], index=0)
    assert deputy[0].get("me/").status == 401


def test_a_service_gives_nobody_anything_and_the_platform_is_not_asked(acme: Cast) -> None:
    vera = acme.people["vera"]
    with use_tenant(acme.organization):
        key = issue(by=acme.people["alice"], now=timezone.now(), name="Runner", scopes=["users:read"]).row
        with Current.scoped(organization=acme.organization, actor=key.as_actor()), pytest.raises(MoreThanYouHold):
            change(vera.id, role="user", now=timezone.now())
        gone = Actor("person", acme.organization.id, "nobody")
        with Current.scoped(organization=acme.organization, actor=gone), pytest.raises(MoreThanYouHold):
            change(vera.id, role="user", now=timezone.now())
        assert change(vera.id, role="admin", now=timezone.now()).role == "admin"


def test_somebody_of_another_organization_reaches_no_role_here(acme: Cast, alice: Api, gina: Api) -> None:
    role = compose(alice, "audit:read")
    for answer in (
        gina.get(f"roles/{role}/"),
        gina.patch(f"roles/{role}/", {"name": "Hers"}),
        gina.get(f"roles/{role}/members/"),
        give(gina, role, acme.people["bob"].id),
        gina.delete(f"roles/{role}/members/{acme.people['bob'].id}/"),
        gina.delete(f"roles/{role}/"),
    ):
        assert told(answer) == (404, "not_found")
    assert api_of(acme, "bob").get("roles/").status == 403
