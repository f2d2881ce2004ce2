"""A token of one kind, person, session or organization is good for nothing else (RFC 8725, 3.9 and 3.12), through the API."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import jwt
import pytest
from django.utils import timezone

from accounts.models import Purpose
from accounts.tokens import email_tokens, signed_tokens
from accounts.tokens.signed_tokens import Subject
from tenants.scope import use_tenant
from tests.cast import PASSWORD, Answer, Api, Cast
from tests.unit.accounts.tokens.hand_made import payload, signed

pytestmark = pytest.mark.requirement("S135")


def logged_in(email: str) -> dict[str, str]:
    body: dict[str, str] = Api().post("auth/login/", {"email": email, "password": PASSWORD}).body
    return body


def outcome(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.body.get("code", "")


def as_bearer(credential: str, host: str = "localhost") -> tuple[int, str]:
    return outcome(Api(credential, host).get("users/"))


def claims_of(pair: dict[str, str], **changes: Any) -> dict[str, Any]:
    found = jwt.decode(pair["access"], options={"verify_signature": False})
    return payload(**{name: found[name] for name in ("sub", "sid", "org", "role")} | changes)


def test_what_a_hand_made_token_says_is_good_before_it_is_spoilt(acme: Cast) -> None:
    assert as_bearer(signed(claims_of(logged_in("alice@acme.example")))) == (200, "")


def test_nothing_else_that_we_sign_is_an_access_token(acme: Cast) -> None:
    pair = logged_in("alice@acme.example")
    subject = Subject(acme.organization.id, acme.people["alice"].id)
    others = [pair["refresh"], pair["device"], *(signed_tokens.write(kind, subject) for kind in ("access", "refresh"))]
    assert [as_bearer(each) for each in others] == [(401, "token_not_valid")] * 4


def test_an_access_token_is_no_refresh_token_and_no_link_of_a_mail(acme: Cast) -> None:
    access = logged_in("alice@acme.example")["access"]
    answers = [
        Api().post("auth/refresh/", {"refresh": access}),
        Api().post("auth/confirm-email/", {"token": access}),
        Api().post("auth/password-reset/confirm/", {"token": access, "password": "another horse battery staple"}),
    ]
    assert [each.status for each in answers] == [400] * 3, "it is too long to be one"
    assert as_bearer(access) == (200, "")


def test_a_link_of_one_purpose_serves_no_other(acme: Cast) -> None:
    alice = acme.people["alice"]
    with use_tenant(acme.organization):
        made = {
            purpose: email_tokens.make(alice, purpose, now=timezone.now(), lifetime=timedelta(hours=1))
            for purpose in Purpose
        }
    refresh = logged_in("alice@acme.example")["refresh"]
    reset = {"password": "another horse battery staple"}
    answers = [
        Api().post("auth/confirm-email/", {"token": made[Purpose.RESET_PASSWORD]}),
        Api().post("auth/confirm-email/", {"token": refresh}),
        Api().post("auth/password-reset/confirm/", {"token": made[Purpose.CONFIRM_EMAIL]} | reset),
        Api().post("auth/password-reset/confirm/", {"token": refresh} | reset),
    ]
    assert [outcome(each) for each in answers] == [(400, "token_invalid")] * 4
    spent = [outcome(Api().post("auth/refresh/", {"refresh": each})) for each in made.values()]
    assert spent == [(401, "token_not_valid")] * len(made)
    assert Api().post("auth/refresh/", {"refresh": refresh}).status == 200


def test_a_token_that_names_somebody_else_than_its_session_does_is_nobodys(acme: Cast) -> None:
    pair = logged_in("bob@acme.example")
    as_alice = signed(claims_of(pair, sub=str(acme.people["alice"].id), role="admin"))
    assert as_bearer(as_alice) == (401, "session_revoked")


def test_a_role_in_a_token_is_not_believed(acme: Cast) -> None:
    as_admin = Api(signed(claims_of(logged_in("vera@acme.example"), role="admin")))
    assert (as_admin.get("me/").body["role"], as_admin.get("audit-logs/").status) == ("viewer", 403)


def test_a_session_of_another_organization_is_not_there(acme: Cast, globex: Cast) -> None:
    pair = logged_in("mallory@globex.example")
    moved = signed(claims_of(pair, org=str(acme.organization.id)))
    onto_the_platform = signed(claims_of(pair, org=None))
    assert as_bearer(signed(claims_of(pair))) == (200, "")
    assert [as_bearer(each) for each in (moved, onto_the_platform)] == [(401, "session_revoked")] * 2


def test_a_token_of_another_organization_is_refused_on_an_organizations_host(acme: Cast, globex: Cast) -> None:
    access = logged_in("mallory@globex.example")["access"]
    assert as_bearer(access, "globex.localhost") == (200, "")
    assert as_bearer(access, "acme.localhost") == (403, "wrong_organization")


def test_a_token_of_another_platform_with_our_own_key_is_refused(acme: Cast) -> None:
    pair = logged_in("alice@acme.example")
    assert as_bearer(signed(claims_of(pair, iss="https://staging.workix.example"))) == (401, "token_not_valid")
