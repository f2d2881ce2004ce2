"""The length an organization asks of passwords holds wherever one is set: change, reset, acceptance, added people."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core import mail

from tests.acts import rows
from tests.cast import PASSWORD, Api, Cast

SHORT, LONG = "four plain words so", "another horse battery staple and a long tail"


@pytest.fixture(autouse=True)
def _thirty_characters(acme: Cast, alice: Api) -> None:
    assert alice.patch("organization/policies/", {"password_length": 30}).status == 200


def from_mail(path: str) -> str:
    found = re.search(rf"/{path}/#([\w-]+)", str(mail.outbox[-1].body))
    assert found is not None
    return found[1]


def refusal(answer: object) -> object:
    status, body = answer.status, answer.body  # type: ignore[attr-defined]
    return status, [(each["field"], each["code"], each["detail"]) for each in body["errors"]]


TOO_SHORT = (
    400,
    [("password", "password_length", "Use 30 to 128 characters. Several words are a good choice.")],
)


def test_a_password_from_before_stays_good_until_it_is_changed(alice: Api) -> None:
    assert len(PASSWORD) < 30
    login = {"email": "alice@acme.example", "password": PASSWORD}
    assert Api().post("auth/login/", login).status == 200
    assert refusal(alice.post("me/password/", {"current_password": PASSWORD, "password": SHORT})) == TOO_SHORT
    assert alice.post("me/password/", {"current_password": PASSWORD, "password": LONG}).status == 204


def test_a_reset_asks_for_it(run_jobs: Callable[[], None]) -> None:
    Api().post("auth/password-reset/", {"email": "alice@acme.example"})
    run_jobs()
    token = from_mail("reset-password")
    confirm = "auth/password-reset/confirm/"
    assert refusal(Api().post(confirm, {"token": token, "password": SHORT})) == TOO_SHORT
    assert Api().post(confirm, {"token": token, "password": LONG}).status == 204


def test_an_admin_who_adds_somebody_is_asked_for_it(alice: Api) -> None:
    dana = {"email": "dana@acme.example", "role": "user"}
    assert refusal(alice.post("users/", dana | {"password": SHORT})) == TOO_SHORT
    assert alice.post("users/", dana | {"password": LONG}).status == 201


def test_who_accepts_an_invitation_is_asked_for_it(alice: Api, run_jobs: Callable[[], None]) -> None:
    assert alice.post("invitations/", {"email": "dana@acme.example", "role": "user"}).status == 201
    run_jobs()
    token = from_mail("accept-invitation")
    assert refusal(Api().post("invitations/accept/", {"token": token, "password": SHORT})) == TOO_SHORT
    assert Api().post("invitations/accept/", {"token": token, "password": LONG}).status in (200, 201, 204)


def test_it_is_nobody_elses(gina: Api) -> None:
    assert gina.post("me/password/", {"current_password": PASSWORD, "password": SHORT}).status == 204


def test_a_length_below_what_may_be_asked_for_now_counts_as_that(acme: Cast, alice: Api) -> None:
    rows("UPDATE security_policies SET password_length = 8", acme)
    answer = alice.post("me/password/", {"current_password": PASSWORD, "password": "sofa-9-kite"})
    assert answer.body["errors"][0]["detail"] == "Use 15 to 128 characters. Several words are a good choice."
