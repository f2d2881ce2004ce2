"""Sign-up: what is counted against whom."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from accounts import signup
from quotas.rate_limits import Limit
from tests.acts import statements_of
from tests.cast import PASSWORD, Answer, Api, Cast


def sign_up(slug: str, *, email: str = "ida@initech.example", password: str = PASSWORD) -> Answer:
    admin = {"email": email, "password": password}
    return Api().post("organizations/", {"name": "Initech", "slug": slug, "admin": admin})


def outcome(answer: Answer) -> tuple[int, Any]:
    return answer.status, answer.body.get("code")


@pytest.mark.fault("A11")
def test_mistakes_in_the_form_shut_nobody_behind_the_address_out(acme: Cast, settings: Settings) -> None:
    settings.WORKIX = settings.WORKIX.model_copy(update={"sign_ups_per_hour": 2})
    for _ in range(4):
        assert outcome(sign_up("acme")) == (409, "slug_taken")
        assert outcome(sign_up("admin")) == (400, "validation_error")
        assert outcome(sign_up("initech", password="short")) == (400, "validation_error")
    assert [sign_up(slug).status for slug in ("one", "two", "three")] == [201, 201, 429]


@pytest.mark.fault("A11")
def test_very_many_mistakes_are_refused_to_whoever_makes_them_alone(
    acme: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signup, "MISTAKES", Limit("sign-up-mistakes", 2, signup.MISTAKES.window))
    found = [outcome(sign_up("acme", email=email)) for email in ("ida@x.example", "IDA@x.example", "ida@x.example")]
    assert found == [(409, "slug_taken"), (409, "slug_taken"), (429, "rate_limited")]
    assert outcome(sign_up("acme", email="joe@x.example")) == (409, "slug_taken")
    assert sign_up("initech", email="ida@x.example").status == 201


@pytest.mark.fault("A6")
def test_many_addresses_of_one_network_are_one_client(acme: Cast, settings: Settings) -> None:
    settings.WORKIX = settings.WORKIX.model_copy(update={"sign_ups_per_hour": 2})
    admin = {"email": "ida@initech.example", "password": PASSWORD}

    def status_from(address: str, slug: str) -> int:
        body = {"name": "Initech", "slug": slug, "admin": admin}
        client = Client(headers={"Host": "localhost"}, REMOTE_ADDR=address)
        return client.post("/api/v1/organizations/", body, content_type="application/json").status_code

    found = [status_from(f"2001:db8:0:1::{number}", f"initech-{number}") for number in range(1, 4)]
    assert (found, status_from("2001:db8:0:2::1", "initech-4")) == ([201, 201, 429], 201)


def test_a_refused_form_asks_the_database_little(acme: Cast) -> None:
    sign_up("acme")
    assert len(statements_of(lambda: sign_up("acme"))) <= 4
