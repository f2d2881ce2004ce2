"""POST /invitations/accept/: what the link is worth, who comes back, and in which organizations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.email_index import organizations_of
from accounts.invitations.issuing import MoreThanYouHold
from accounts.invitations.issuing import invite as invite_as
from accounts.models import User
from accounts.tokens import signed_tokens
from accounts.tokens.signed_tokens import Subject
from tenants.models import Status
from tenants.resolution import forget_all
from tenants.scope import use_tenant
from tests.acts import rows, set_limit, set_status, statements_of
from tests.cast import PASSWORD, Api, Cast
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
from workix.core.models import uuid7

BOB = "bob@acme.example"


def forged(cast: Cast, purpose: str = "invitation") -> str:
    """Write a token as we would, for an invitation that is there."""
    ((identity,),) = rows("SELECT id FROM invitations", cast)
    return signed_tokens.write(purpose, Subject(cast.organization.id, identity))


def changed(token: str, at: int) -> str:
    return token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :]


@pytest.mark.parametrize("at", [0, 20, 30, 60, 84])
def test_a_token_with_one_letter_changed_is_none(acme: Cast, alice: Api, run_jobs: Callable[[], None], at: int) -> None:
    token = invited(alice, run_jobs)
    assert told(accept(changed(token, at))) == (400, "token_invalid")
    assert accept(token).status == 201, "the real one is good"


def test_no_token_of_another_kind_and_none_that_was_not_mailed_is_taken(
    acme: Cast, globex: Cast, alice: Api, run_jobs: Callable[[], None]
) -> None:
    token = invited(alice, run_jobs)
    ((identity,),) = rows("SELECT id FROM invitations", acme)
    elsewhere = signed_tokens.write("invitation", Subject(globex.organization.id, identity))
    nobodys = signed_tokens.write("invitation", Subject(acme.organization.id, uuid7()))
    ours = [forged(acme), forged(acme, "reset_password"), forged(acme, "confirm_email"), elsewhere, nobodys]
    assert [told(accept(each)) for each in ours] == [(400, "token_invalid")] * 5
    confirmed = Api().post("auth/confirm-email/", {"token": token})
    reset = Api().post("auth/password-reset/confirm/", {"token": token, "password": PASSWORD})
    assert [told(confirmed), told(reset)] == [(400, "token_invalid")] * 2
    assert (seats(acme), seats(globex)[:2], states(acme)) == ((3, 1, 4), (2, 0), [(CAROL, "pending")])


def test_a_token_is_not_made_before_the_mail_is_and_an_empty_hash_fits_none(acme: Cast, alice: Api) -> None:
    invite(alice)
    assert rows("SELECT token_hash FROM invitations", acme) == [("",)]
    assert told(accept(forged(acme))) == (400, "token_invalid")


@pytest.mark.parametrize("token", ["", "x", "a\x00b", "x" * 201, 5, None, ["x"], {"a": 1}])
def test_what_is_no_token_is_refused(database: None, token: Any) -> None:
    assert accept(token).status == 400


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"password": "short"}, "password_length"),
        ({"password": "x" * 129}, "max_length"),
        ({"password": "passwordpassword"}, "password_too_common"),
        ({"password": "carol-acme-carol"}, "password_too_common"),
        ({"password": "Cole carol acme!", "last_name": "Cole"}, "password_too_common"),
        ({"password": None}, "null"),
        ({"first_name": "a\nb"}, "invalid"),
        ({"role": "admin"}, "unknown_field"),
        ({"email": "mallory@globex.example"}, "unknown_field"),
    ],
    ids=str,
)
def test_what_is_wrong_is_said_and_the_link_stays_good(
    acme: Cast, alice: Api, run_jobs: Callable[[], None], changes: dict[str, Any], code: str
) -> None:
    token = invited(alice, run_jobs)
    answer = accept(token, **changes)
    assert (answer.status, answer.body["errors"][0]["code"]) == (400, code)
    assert (seats(acme), accept(token).status) == ((3, 1, 4), 201)


@pytest.mark.parametrize("host", ["localhost", "acme.localhost", "globex.localhost"])
def test_the_token_says_where_it_leads_whatever_the_host(
    acme: Cast, globex: Cast, alice: Api, run_jobs: Callable[[], None], host: str
) -> None:
    token, before = invited(alice, run_jobs), seats(globex)
    answer = Api(host=host).post("invitations/accept/", {"token": token, "password": PASSWORD})
    assert (answer.status, answer.body["organization"]["slug"]) == (201, "acme")
    assert (seats(acme), seats(globex)) == ((4, 0, 4), before)


@pytest.mark.parametrize(
    ("status", "code"), [(Status.SUSPENDED, "organization_suspended"), (Status.PENDING, "email_not_confirmed")]
)
@pytest.mark.parametrize("forget", [True, False])
def test_nobody_joins_an_organization_that_is_shut(
    acme: Cast, alice: Api, run_jobs: Callable[[], None], status: Status, code: str, forget: bool
) -> None:
    token = invited(alice, run_jobs)
    set_status(acme, status, forget=forget)
    assert told(accept(token)) == (403, code)
    set_status(acme, Status.ACTIVE)
    assert (seats(acme), accept(token).status) == ((3, 1, 4), 201), "the link stayed good"


def test_of_an_organization_that_is_gone_a_link_is_no_link(
    acme: Cast, alice: Api, run_jobs: Callable[[], None]
) -> None:
    token = invited(alice, run_jobs)
    rows("UPDATE organizations SET deleted_at = now() WHERE slug = 'acme'")
    forget_all()
    assert told(accept(token)) == (400, "token_invalid")
    rows("UPDATE organizations SET deleted_at = NULL WHERE slug = 'acme'")


def test_who_accepts_proved_their_address_and_can_reset_their_password_at_once(
    acme: Cast, alice: Api, run_jobs: Callable[[], None]
) -> None:
    assert organizations_of(CAROL) == []
    accept(invited(alice, run_jobs))
    assert [each.slug for each in organizations_of(CAROL)] == ["acme"]
    assert Api().post("auth/login/", {"email": CAROL, "password": PASSWORD}).body["organization"]["slug"] == "acme"


def test_a_lock_of_the_address_ends_and_the_client_is_known(
    acme: Cast, alice: Api, run_jobs: Callable[[], None]
) -> None:
    token = invited(alice, run_jobs)
    guess = {"email": CAROL, "password": "not hers at all", "organization": "acme"}
    assert [Api().post("auth/login/", guess).status for _ in range(11)][-1] == 429
    browser = Client(headers={"Host": "localhost"})
    body = {"token": token, "password": PASSWORD}
    answer = browser.post("/api/v1/invitations/accept/", body, content_type="application/json")
    assert (answer.status_code, "X-Device-Token" in answer.headers, len(answer.cookies)) == (201, True, 1)
    assert Api().post("auth/login/", {"email": CAROL, "password": PASSWORD}).status == 200


class TestWhoComesBack:
    """An address that was removed comes back as the same person."""

    @pytest.fixture
    def gone(self, acme: Cast, alice: Api, bob: Api) -> User:
        assert bob.get("me/").status == 200
        assert alice.delete(f"users/{acme.people['bob'].id}/").status == 204
        return acme.people["bob"]

    def test_by_an_invitation(self, acme: Cast, alice: Api, bob: Api, gone: User, run_jobs: Callable[[], None]) -> None:
        answer = accept(invited(alice, run_jobs, BOB, role="viewer"), password="another horse battery staple")
        user = answer.body["user"]
        assert [user[key] for key in ("id", "role", "is_active", "first_name")] == [str(gone.id), "viewer", True, "Bob"]
        assert (seats(acme), rows("SELECT count(*) FROM users", acme)) == ((3, 0, 3), [(3,)])
        assert bob.get("me/").body["code"] == "session_revoked", "no session of before comes back"
        logged_in = [
            Api().post("auth/login/", {"email": BOB, "password": password}).status
            for password in (PASSWORD, "another horse battery staple")
        ]
        assert logged_in == [401, 200]
        query = "SELECT action, actor_label FROM audit_logs WHERE resource_id = %(id)s ORDER BY created_at DESC LIMIT 3"
        assert ("user.updated", BOB) in rows(query, acme, id=str(gone.id))

    def test_by_an_admin_who_adds_them(self, acme: Cast, alice: Api, gone: User) -> None:
        answer = alice.post("users/", {"email": BOB, "password": "another horse battery staple", "role": "viewer"})
        assert (answer.status, answer.body["id"], seats(acme)) == (201, str(gone.id), (3, 0, 3))
        log_in = {"email": BOB, "password": "another horse battery staple", "organization": "acme"}
        assert Api().post("auth/login/", log_in).body["code"] == "email_not_confirmed", "what was proven is proven anew"

    def test_of_several_the_last_one(self, acme: Cast, alice: Api, gone: User, run_jobs: Callable[[], None]) -> None:
        rows(
            "INSERT INTO users (id, created_at, updated_at, email, password_hash, first_name, last_name, role, is_active,"
            " deleted_at) VALUES (gen_random_uuid(), now(), now(), 'bob@acme.example', '', '', '', 'user', false,"
            " now() - interval '1 year')",
            acme,
        )
        assert accept(invited(alice, run_jobs, BOB)).body["user"]["id"] == str(gone.id)

    def test_at_the_last_seat(self, acme: Cast, alice: Api, gone: User, run_jobs: Callable[[], None]) -> None:
        token = invited(alice, run_jobs, BOB)
        set_limit(acme, "users", 3)
        assert (accept(token).status, seats(acme)) == (201, (3, 0, 3))

    def test_a_link_of_before_is_dead(self, acme: Cast, alice: Api, run_jobs: Callable[[], None]) -> None:
        token = invited(alice, run_jobs)
        person = accept(token).body["user"]["id"]
        alice.delete(f"users/{person}/")
        assert told(accept(token)) == (400, "token_invalid")


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


def test_an_organization_with_more_people_than_it_may_have_takes_none_in(
    acme: Cast, alice: Api, run_jobs: Callable[[], None]
) -> None:
    token = invited(alice, run_jobs)
    set_limit(acme, "users", 3)
    assert (told(accept(token)), seats(acme)) == ((403, "quota_exceeded"), (3, 1, 4))
    set_limit(acme, "users", 4)
    assert (accept(token).status, seats(acme)) == (201, (4, 0, 4))


def test_somebody_added_past_the_invitation_is_not_taken_over(
    acme: Cast, alice: Api, run_jobs: Callable[[], None]
) -> None:
    token = invited(alice, run_jobs)
    rows("UPDATE users SET email = 'carol@acme.example' WHERE email = 'bob@acme.example'", acme)
    before = rows("SELECT password_hash FROM users WHERE email = 'carol@acme.example'", acme)
    answer = accept(token, password="another horse battery staple")
    assert (answer.status, answer.body["errors"][0]["code"]) == (400, "unique")
    assert rows("SELECT password_hash FROM users WHERE email = 'carol@acme.example'", acme) == before


def test_accepting_takes_a_known_number_of_statements(acme: Cast, alice: Api, run_jobs: Callable[[], None]) -> None:
    tokens = [invited(alice, run_jobs, f"{name}@acme.example") for name in ("carol", "dave")]
    accept(tokens[0])
    assert len(statements_of(lambda: accept(tokens[1]))) == 11
