"""One's own second factors: enrolled, confirmed, listed, removed; recovery codes; who is told."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail

from tests.acts import at_once, rows, statements_of
from tests.cast import Api, Cast
from tests.integration.accounts.second_factors.phones import (
    Phone,
    actions,
    answer,
    as_if_unused,
    challenge_for,
    give_phone,
    log_in,
    outcome,
)

TOTP, CONFIRM, CODES = "me/second-factors/totp/", "me/second-factors/totp/confirm/", "me/second-factors/recovery-codes/"
LIST = "me/second-factors/"


def begin(api: Api) -> Phone:
    return Phone(api.post(TOTP).body["secret"])


def test_enrolling_gives_a_secret_and_confirming_it_ten_recovery_codes(acme: Cast, alice: Api) -> None:
    begun = alice.post(TOTP)
    phone = Phone(begun.body["secret"])
    assert (begun.status, sorted(begun.body)) == (201, ["id", "secret", "uri"])
    assert begun.body["uri"].startswith("otpauth://totp/Acme%20%28Workix%29:alice%40acme.example?secret=")
    assert alice.get(LIST).body["results"] == [], "nobody is asked for what is not confirmed"
    confirmed = alice.post(CONFIRM, {"code": phone.code()})
    codes = confirmed.body["recovery_codes"]
    assert (confirmed.status, len(set(codes))) == (200, 10)
    assert all(re.fullmatch(r"([0-9a-hjkmnp-tv-z]{4}-){3}[0-9a-hjkmnp-tv-z]{4}", code) for code in codes)
    listed = alice.get(LIST).body
    (factor,) = listed["results"]
    assert (factor["id"], factor["kind"], listed["count"]) == (begun.body["id"], "totp", 1)
    assert listed["recovery_codes_left"] == 10
    assert actions(acme, "second_factor%%") == ["second_factor.created", "second_factor.updated"]


def test_a_log_in_asks_for_it_from_then_on_and_not_before(acme: Cast, alice: Api) -> None:
    phone = begin(alice)
    assert log_in().status == 200
    alice.post(CONFIRM, {"code": phone.code()})
    assert outcome(log_in()) == (401, "second_factor_required")


def test_the_secret_and_the_codes_are_kept_nowhere_as_they_are(acme: Cast, alice: Api) -> None:
    phone = begin(alice)
    codes = alice.post(CONFIRM, {"code": phone.code()}).body["recovery_codes"]
    kept = [rows(f"SELECT * FROM {table}", acme) for table in ("second_factors", "recovery_codes", "audit_logs")]  # noqa: S608
    kept.append(rows("SELECT args FROM procrastinate_jobs"))
    assert [
        shown for shown in (phone.secret, *codes, *(code.replace("-", "") for code in codes)) if shown in str(kept)
    ] == []
    assert "[redacted]" in str(kept)


@pytest.mark.parametrize(
    "code", [None, [], ["123456"], {}, 123456, True, "", "1" * 41, "123456\x00", "１２３４５６"], ids=repr
)
def test_what_is_no_code_is_refused_and_nothing_is_turned_on(acme: Cast, alice: Api, code: Any) -> None:
    begin(alice)
    refused = alice.post(CONFIRM, {"code": code})
    assert (refused.status, alice.get(LIST).body["count"]) == (400, 0)


def test_a_wrong_code_turns_nothing_on(acme: Cast, alice: Api) -> None:
    phone = begin(alice)
    wrong = alice.post(CONFIRM, {"code": phone.wrong()})
    assert (wrong.status, wrong.body["errors"][0]["code"]) == (400, "wrong_code")
    assert alice.get(LIST).body["count"] == 0


def test_beginning_again_replaces_the_secret(acme: Cast, alice: Api) -> None:
    first, second = begin(alice), begin(alice)
    assert alice.post(CONFIRM, {"code": first.code()}).status == 400
    assert alice.post(CONFIRM, {"code": second.code()}).status == 200


def test_there_is_one_app_a_person(acme: Cast, alice: Api) -> None:
    assert outcome(alice.post(CONFIRM, {"code": "123456"})) == (409, "nothing_to_confirm")
    give_phone(acme)
    assert outcome(alice.post(TOTP)) == (409, "second_factor_exists")
    assert outcome(alice.post(CONFIRM, {"code": "123456"})) == (409, "second_factor_exists")


def test_of_many_who_confirm_at_once_one_gets_the_codes(acme: Cast, alice: Api) -> None:
    phone = begin(alice)
    answers = at_once(lambda _: outcome(alice.post(CONFIRM, {"code": phone.code()})), 5)
    assert sorted(answers) == [(200, "")] + [(409, "second_factor_exists")] * 4
    assert rows("SELECT count(*) FROM recovery_codes", acme) == [(10,)]


def test_new_recovery_codes_kill_the_old_ones(acme: Cast, alice: Api) -> None:
    assert outcome(alice.post(CODES)) == (409, "no_second_factor")
    phone = give_phone(acme)
    renewed = alice.post(CODES)
    assert (renewed.status, len(renewed.body["recovery_codes"])) == (201, 10)
    assert answer(challenge_for(), phone.recovery_codes[0]).status == 401
    assert answer(challenge_for(), renewed.body["recovery_codes"][0]).status == 200


def test_many_who_renew_at_once_leave_ten(acme: Cast, alice: Api) -> None:
    give_phone(acme)
    assert at_once(lambda _: alice.post(CODES).status, 5) == [201] * 5
    assert rows("SELECT count(*) FROM recovery_codes", acme) == [(10,)]


def test_removing_it_removes_the_codes_and_the_question(acme: Cast, alice: Api) -> None:
    give_phone(acme)
    (factor,) = alice.get(LIST).body["results"]
    assert alice.delete(f"{LIST}{factor['id']}/").status == 204
    assert alice.delete(f"{LIST}{factor['id']}/").status == 404
    assert (log_in().status, rows("SELECT count(*) FROM recovery_codes", acme)) == (200, [(0,)])
    assert actions(acme, "second_factor%%")[-1] == "second_factor.deleted"


def test_somebody_elses_factor_is_not_there(acme: Cast, bob: Api, alice: Api) -> None:
    give_phone(acme)
    (factor,) = alice.get(LIST).body["results"]
    assert (bob.delete(f"{LIST}{factor['id']}/").status, bob.get(LIST).body["count"]) == (404, 0)
    assert alice.get(LIST).body["count"] == 1


def test_a_list_takes_the_same_statements_however_long_it_is(acme: Cast, alice: Api) -> None:
    assert alice.get(LIST).status == 200  # the process knows the organization from then on
    empty = len(statements_of(lambda: alice.get(LIST)))
    give_phone(acme)
    assert (empty, len(statements_of(lambda: alice.get(LIST)))) == (3, 3)


def test_the_person_is_told_by_mail(acme: Cast, alice: Api, run_jobs: Callable[[], None]) -> None:
    phone = begin(alice)
    alice.post(CONFIRM, {"code": phone.code()})
    run_jobs()  # each by itself: a worker has several in hand, and sends them in any order
    codes = alice.post(CODES).body["recovery_codes"]
    run_jobs()
    as_if_unused(acme)
    assert answer(challenge_for(), codes[0]).status == 200
    run_jobs()
    (factor,) = alice.get(LIST).body["results"]
    alice.delete(f"{LIST}{factor['id']}/")
    run_jobs()
    assert [(message.to, message.subject) for message in mail.outbox] == [
        (["alice@acme.example"], "A second factor was added"),
        (["alice@acme.example"], "You have new recovery codes"),
        (["alice@acme.example"], "A recovery code was used"),
        (["alice@acme.example"], "A second factor was removed"),
    ]
    said = " ".join(message.body for message in mail.outbox)
    assert [shown for shown in (phone.secret, *codes) if shown in said] == []


def test_the_act_falls_with_its_entry(acme: Cast, alice: Api) -> None:
    phone = begin(alice)
    rows(
        "ALTER TABLE audit_logs ADD CONSTRAINT nothing_more CHECK (action <> 'recovery_codes.renewed') NOT VALID", acme
    )
    try:
        assert alice.post(CONFIRM, {"code": phone.code()}).status == 500
    finally:
        rows("ALTER TABLE audit_logs DROP CONSTRAINT nothing_more", acme)
    assert (alice.get(LIST).body["count"], rows("SELECT count(*) FROM recovery_codes", acme)) == (0, [(0,)])
