"""POST /invitations/accept/: what the link is worth, who comes back, and in which organizations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.email_index import organizations_of
from accounts.tokens import signed_tokens
from accounts.tokens.signed_tokens import Subject
from tenants.models import Status
from tenants.resolution import forget_all
from tests.acts import rows, set_limit, set_status, statements_of
from tests.cast import PASSWORD, Api, Cast
from tests.integration.accounts.invitations.invited import (
    CAROL,
    accept,
    invite,
    invited,
    seats,
    states,
    told,
)
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
    assert len(statements_of(lambda: accept(tokens[1]))) == 14  # two read the policy, and one own roles of who invited
