"""A second factor that the organization requires: grace, enrolling at the log-in, sessions that end, and the last admin."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.acts import rows
from tests.browsers import Browser
from tests.cast import Api, Cast, api_of
from tests.integration.accounts.second_factors.phones import (
    ALICE,
    OVER,
    WRONG_CODE,
    Phone,
    answer,
    as_if_unused,
    challenge_for,
    give_phone,
    log_in,
    outcome,
    require_from,
)

ENROL, CONFIRM = "auth/second-factor/enrolment/", "auth/second-factor/enrolment/confirm/"
POLICIES = "organization/policies/"


@pytest.fixture
def required(acme: Cast) -> Cast:
    require_from(acme, -timedelta(seconds=1))
    return acme


def enrol_with(challenge: str) -> Phone:
    return Phone(Api().post(ENROL, {"challenge": challenge}).body["secret"])


def test_in_the_grace_time_a_password_is_enough(acme: Cast) -> None:
    require_from(acme, timedelta(hours=1))
    assert log_in().status == 200


def test_after_it_a_log_in_enrols_and_can_do_nothing_else(required: Cast) -> None:
    asked = log_in()
    told = asked.body["second_factor"]
    assert (outcome(asked), told["methods"], told["enrolment"]) == ((401, "second_factor_required"), [], True)
    assert outcome(answer(told["challenge"], "123456")) == OVER
    begun = Api().post(ENROL, {"challenge": told["challenge"]})
    phone = Phone(begun.body["secret"])
    done = Api().post(CONFIRM, {"challenge": told["challenge"], "code": phone.code()})
    assert (begun.status, done.status, len(done.body["recovery_codes"])) == (201, 200, 10)
    assert Api(done.body["access"]).get("me/").status == 200
    assert outcome(Api().post(CONFIRM, {"challenge": told["challenge"], "code": phone.code()})) == OVER
    as_if_unused(required)
    assert answer(challenge_for(), phone.code()).status == 200, "from now on it is asked for"


def test_a_wrong_first_code_leaves_everything_as_it_is(required: Cast) -> None:
    challenge = challenge_for()
    phone = enrol_with(challenge)
    assert outcome(Api().post(CONFIRM, {"challenge": challenge, "code": phone.wrong()})) == WRONG_CODE
    assert rows("SELECT count(*) FROM second_factors WHERE confirmed_at IS NOT NULL", required) == [(0,)]
    assert Api().post(CONFIRM, {"challenge": challenge, "code": phone.code()}).status == 200


def test_confirming_what_was_not_begun_is_refused(required: Cast) -> None:
    assert outcome(Api().post(CONFIRM, {"challenge": challenge_for(), "code": "123456"})) == (409, "nothing_to_confirm")


def test_who_has_one_by_then_enrols_no_other_with_an_older_challenge(required: Cast) -> None:
    """Who has the password alone must not replace a factor that its person enrolled a minute ago."""
    stolen, own = challenge_for(), challenge_for()
    phone = enrol_with(own)
    assert Api().post(CONFIRM, {"challenge": own, "code": phone.code()}).status == 200
    assert outcome(Api().post(ENROL, {"challenge": stolen})) == OVER
    assert outcome(Api().post(CONFIRM, {"challenge": stolen, "code": phone.code()})) == OVER


def test_sessions_begun_by_a_password_end_at_that_moment_and_others_go_on(acme: Cast) -> None:
    phone = give_phone(acme)
    strong = Api(answer(challenge_for(), phone.code()).body["access"])
    bob = log_in("bob@acme.example").body
    soon = timezone.now() + timedelta(hours=1)
    assert strong.patch(POLICIES, {"second_factor_required_from": soon.isoformat()}).status == 200
    assert Api(bob["access"]).get("me/").status == 200, "the grace time"
    ends = "SELECT count(*) FROM sessions WHERE expires_at <= %(soon)s"
    assert rows(ends, acme, soon=soon) == [(1,)]
    later = api_of(acme, "bob")
    assert (later.get("me/").status, rows(ends, acme, soon=soon)) == (200, [(2,)]), "one that is begun meanwhile, too"
    assert strong.patch(POLICIES, {"second_factor_required_from": timezone.now().isoformat()}).status == 200
    assert [each.get("me/").status for each in (Api(bob["access"]), later, strong)] == [401, 401, 200]
    assert Api().post("auth/refresh/", {"refresh": bob["refresh"]}).status == 401


def test_a_refresh_asks_once_more(acme: Cast) -> None:
    """Should a session have slipped through while the moment was set."""
    bob = log_in("bob@acme.example").body
    require_from(acme, -timedelta(seconds=1))
    assert outcome(Api().post("auth/refresh/", {"refresh": bob["refresh"]})) == (401, "session_revoked")


def test_a_browser_ends_with_it_too(acme: Cast, alice: Api) -> None:
    browser = Browser(acme.host)
    browser.log_in(ALICE)
    assert browser.get("/admin/").status == 200
    assert alice.patch(POLICIES, {"second_factor_required_from": timezone.now().isoformat()}).status == 200
    assert browser.get("/admin/").goes_to.startswith("/admin/login/")


def test_the_last_admin_who_requires_it_at_once_gets_in_by_enrolling(acme: Cast, alice: Api) -> None:
    assert alice.patch(POLICIES, {"second_factor_required_from": "2020-01-01T00:00:00Z"}).status == 200
    assert outcome(alice.get("me/")) == (401, "session_revoked")
    challenge = challenge_for()
    phone = enrol_with(challenge)
    again = Api(Api().post(CONFIRM, {"challenge": challenge, "code": phone.code()}).body["access"])
    assert again.get(POLICIES).body["second_factor_required_from"].startswith("2020-01-01T00:00:00")
    assert again.patch(POLICIES, {"second_factor_required_from": None}).status == 200
    assert log_in("bob@acme.example").status == 200


@pytest.mark.parametrize("moment", ["soon", 7, "2026-13-01T00:00:00Z", [], "\x00"], ids=repr)
def test_what_is_no_moment_is_refused(alice: Api, moment: object) -> None:
    assert alice.patch(POLICIES, {"second_factor_required_from": moment}).status == 400


def test_short_passwords_hang_on_it(alice: Api, acme: Cast) -> None:
    assert alice.patch(POLICIES, {"password_length": 8}).status == 400
    soon = (timezone.now() + timedelta(hours=1)).isoformat()
    both = {"password_length": 8, "second_factor_required_from": soon}
    assert alice.patch(POLICIES, both).status == 400, "not before it is required"
    phone = give_phone(acme)
    strong = Api(answer(challenge_for(), phone.code()).body["access"])
    assert strong.patch(POLICIES, {"second_factor_required_from": timezone.now().isoformat()}).status == 200
    assert strong.patch(POLICIES, {"password_length": 8}).status == 200
    assert strong.patch(POLICIES, {"second_factor_required_from": None}).status == 400
