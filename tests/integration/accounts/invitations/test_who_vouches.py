"""An invitation is worth what its sender is: who may invite no more takes along what they sent."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone

from accounts.invitations.issuing import invite as invite_as
from accounts.models import User
from accounts.roles.escalation import MoreThanYouHold
from tenants.scope import use_tenant
from tests.acts import rows, set_limit
from tests.cast import Api, Cast
from tests.integration.accounts.invitations.invited import (
    CAROL,
    accept,
    acts,
    hire_ada,
    invite,
    invited,
    links,
    seats,
    states,
    told,
)
from workix.core.current import SYSTEM, Current


class TestWhoVouches:
    """An invitation is worth what its sender is: see Note [Who vouches for an invitation]."""

    LOST = {
        "demoted": lambda alice, path: alice.patch(path, {"role": "user"}),
        "deactivated": lambda alice, path: alice.patch(path, {"is_active": False}),
        "removed": lambda alice, path: alice.delete(path),
    }

    @pytest.fixture
    def ada(self, acme: Cast) -> tuple[User, Api]:
        set_limit(acme, "users", 9)
        return hire_ada(acme)

    @pytest.mark.parametrize("lost", LOST)
    @pytest.mark.parametrize("role", ["admin", "user"])
    def test_who_may_invite_no_more_takes_what_they_sent_along(
        self, acme: Cast, alice: Api, ada: tuple[User, Api], run_jobs: Callable[[], None], lost: str, role: str
    ) -> None:
        token = invited(ada[1], run_jobs, role=role)
        mine = invite(alice, "dave@acme.example")
        assert self.LOST[lost](alice, f"users/{ada[0].id}/").status in (200, 204)
        assert told(accept(token)) == (400, "token_invalid")
        assert states(acme) == [(CAROL, "withdrawn"), ("dave@acme.example", "pending")]
        assert acts(acme) == [("invitation.withdrawn", "alice@acme.example", CAROL)]
        assert alice.get(f"invitations/{mine}/").body["status"] == "pending"

    @pytest.mark.parametrize(
        "lost", ["role = 'user'", "is_active = false", "deleted_at = now(), is_active = false", "deleted_at = now()"]
    )
    @pytest.mark.parametrize("role", ["admin", "viewer"])
    def test_it_is_asked_again_at_acceptance_however_they_lost_it(
        self, acme: Cast, ada: tuple[User, Api], run_jobs: Callable[[], None], lost: str, role: str
    ) -> None:
        token = invited(ada[1], run_jobs, role=role)
        rows(f"UPDATE users SET {lost} WHERE id = %(id)s", acme, id=ada[0].id)
        assert told(accept(token)) == (400, "token_invalid")
        assert states(acme) == [(CAROL, "pending")]
        ((there,),) = rows("SELECT count(*) FROM users WHERE email = 'carol@acme.example'", acme)
        assert there == 0

    def test_who_resends_vouches_from_then_on(
        self, acme: Cast, alice: Api, ada: tuple[User, Api], run_jobs: Callable[[], None]
    ) -> None:
        identity = invite(ada[1], role="admin")
        assert alice.post(f"invitations/{identity}/resend/").body["invited_by"] == str(acme.people["alice"].id)
        alice.delete(f"users/{ada[0].id}/")
        assert alice.get(f"invitations/{identity}/").body["status"] == "pending"

    def test_a_change_of_names_takes_nothing_along(self, acme: Cast, alice: Api, ada: tuple[User, Api]) -> None:
        invite(ada[1])
        alice.patch(f"users/{ada[0].id}/", {"first_name": "Ada", "role": "admin"})
        assert states(acme) == [(CAROL, "pending")]

    def test_what_is_no_person_makes_no_admin(self, acme: Cast, run_jobs: Callable[[], None]) -> None:
        with use_tenant(acme.organization), Current.scoped(organization=acme.organization, actor=SYSTEM):
            with pytest.raises(MoreThanYouHold):
                invite_as(email=CAROL, role="admin", now=timezone.now())
            made = invite_as(email=CAROL, role="user", now=timezone.now())
        assert (made.invited_by_id, seats(acme)) == (None, (3, 1, 4))
        rows("UPDATE invitations SET role = 'admin'", acme)
        run_jobs()
        assert told(accept(links()[0])) == (400, "token_invalid")
        rows("UPDATE invitations SET role = 'user'", acme)
        assert accept(links()[0]).body["user"]["role"] == "user"
