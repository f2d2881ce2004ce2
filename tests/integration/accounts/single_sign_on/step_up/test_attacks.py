"""Attacks on step-up by a provider: another's word, session, code or verifier, an old proof, a replay: nothing is renewed."""

from __future__ import annotations

import time
from typing import Any

import pytest

from accounts.models import IdentityProvider
from accounts.single_sign_on.attempts import challenge_of
from tests.acts import at_once, rows
from tests.browsers import Browser
from tests.cast import Api, Cast
from tests.integration.accounts.single_sign_on.provider import FakeProvider
from tests.integration.accounts.single_sign_on.signing_on import come_back, query_of, sign_on
from tests.integration.accounts.single_sign_on.step_up.stepping_up import (
    ALICE,
    BOB,
    NOT_VALID,
    be_asked,
    begin,
    code_of,
    confirm,
    is_asked,
    leave,
    outcome,
    signed_on,
    steps,
)
from tests.integration.accounts.single_sign_on.test_sign_on_api import PAGE, VERIFIER, redeem

NOW = time.time


def nothing_came_of_it(acme: Cast, api: Api) -> None:
    assert (steps(acme), is_asked(api)) == ([], True)


def refused(api: Api, provider: IdentityProvider, fake: FakeProvider) -> str:
    """Return what the front-end is told when the provider's word is not enough."""
    browser = Browser(api.host)
    page = be_asked(browser, provider, fake, leave(browser, begin(api).body["address"]).goes_to)
    return page.goes_to.removeprefix(f"{PAGE}?")


@pytest.mark.parametrize(
    "claims",
    [
        {"auth_time": None},
        {"auth_time": 0},
        {"auth_time": -1},
        {"auth_time": 10**30},
        {"auth_time": True},
        {"auth_time": str(int(NOW()))},
        {"auth_time": [int(NOW())]},
        {"auth_time": int(NOW()) - 3_600},
        {"auth_time": int(NOW()) + 3_600},
    ],
)
def test_an_old_or_missing_proof(
    acme: Cast, stale: Api, provider: IdentityProvider, fake: FakeProvider, claims: dict[str, Any]
) -> None:
    fake.claims = claims
    assert refused(stale, provider, fake) == "error=sign_on_failed"
    nothing_came_of_it(acme, stale)


def test_a_proof_from_just_before_it_began_is_older_than_the_skew(
    acme: Cast, stale: Api, provider: IdentityProvider, fake: FakeProvider
) -> None:
    fake.claims = {"auth_time": int(NOW()) - 60}
    assert refused(stale, provider, fake) == "error=sign_on_failed"
    nothing_came_of_it(acme, stale)


def test_a_proof_that_only_userinfo_tells_of(
    acme: Cast, stale: Api, provider: IdentityProvider, fake: FakeProvider
) -> None:
    fake.person, fake.without = {"sub": "alice-1"}, ("auth_time",)
    fake.userinfo = {**ALICE, "auth_time": int(NOW())}
    assert refused(stale, provider, fake) == "error=sign_on_failed"
    nothing_came_of_it(acme, stale)


@pytest.mark.parametrize(
    "said", [{}, {"email": "alice@acme.example"}, {"sub": "alice-2", "email": "alice@acme.example"}]
)
def test_somebody_else_at_the_same_provider(
    acme: Cast, stale: Api, provider: IdentityProvider, fake: FakeProvider, said: dict[str, str]
) -> None:
    """Bob, whom the provider knows; Bob by Alice's address; and a subject that nobody knows, by her address."""
    fake.person = dict(BOB)
    sign_on(Browser(acme.host), provider, fake)
    fake.person = {**BOB, **said}
    before = rows("SELECT subject, user_id FROM external_identities ORDER BY subject", acme)
    assert refused(stale, provider, fake) == "error=sign_on_refused"
    assert rows("SELECT subject, user_id FROM external_identities ORDER BY subject", acme) == before
    nothing_came_of_it(acme, stale)


def test_a_stranger_becomes_nobody_by_it(
    acme: Cast, stale: Api, provider: IdentityProvider, fake: FakeProvider
) -> None:
    fake.person = {"sub": "carol-1", "email": "carol@acme.example", "email_verified": True}
    assert refused(stale, provider, fake) == "error=sign_on_refused"
    assert rows("SELECT count(*) FROM users WHERE email = 'carol@acme.example'", acme) == [(0,)]


def test_a_code_in_another_session_of_the_same_person(
    acme: Cast, stale: Api, provider: IdentityProvider, fake: FakeProvider
) -> None:
    code = code_of(stale, provider, fake)
    other = signed_on(provider, fake, acme.host)
    assert outcome(confirm(other, code)) == NOT_VALID
    nothing_came_of_it(acme, stale)
    assert confirm(stale, code).status == 204, "nobody used it up"


def test_a_code_in_a_session_of_somebody_else(
    acme: Cast, stale: Api, bob: Api, gina: Api, provider: IdentityProvider, fake: FakeProvider
) -> None:
    code = code_of(stale, provider, fake)
    assert [outcome(confirm(each, code)) for each in (bob, gina)] == [NOT_VALID] * 2
    nothing_came_of_it(acme, stale)


def test_a_victim_who_follows_the_address_of_a_thief(
    acme: Cast, stale: Api, provider: IdentityProvider, fake: FakeProvider
) -> None:
    """The thief has Alice's token, begins, and sends her the address. She proves who she is; her page gets the code, and no
    other: it holds another verifier, and the thief, who holds that one, has no code.
    """
    theirs = "t" * 64
    victim = Browser(acme.host)
    address = begin(stale, code_challenge=challenge_of(theirs)).body["address"]
    page = be_asked(victim, provider, fake, leave(victim, address).goes_to)
    code = query_of(page.goes_to)["code"]
    assert outcome(confirm(stale, code, VERIFIER)) == NOT_VALID
    nothing_came_of_it(acme, stale)


@pytest.mark.parametrize("verifier", ["w" * 43, challenge_of(VERIFIER), VERIFIER + "v"])
def test_a_code_with_another_verifier(
    acme: Cast, stale: Api, provider: IdentityProvider, fake: FakeProvider, verifier: str
) -> None:
    assert outcome(confirm(stale, code_of(stale, provider, fake), verifier)) == NOT_VALID
    nothing_came_of_it(acme, stale)


@pytest.mark.parametrize("sent", ["", "x" * 86, "\x00", 7, None])
def test_what_is_no_code(stale: Api, sent: Any) -> None:
    assert confirm(stale, sent).status == 400


def test_a_code_that_comes_again_and_at_once(
    acme: Cast, stale: Api, provider: IdentityProvider, fake: FakeProvider
) -> None:
    code = code_of(stale, provider, fake)
    assert sorted(answer.status for answer in at_once(lambda _: confirm(stale, code), 4)) == [204, 400, 400, 400]
    assert steps(acme) == [{"provider": "Acme ID"}]


def test_a_code_after_a_minute_or_of_a_provider_that_was_disabled(
    acme: Cast, stale: Api, provider: IdentityProvider, fake: FakeProvider
) -> None:
    code = code_of(stale, provider, fake)
    rows("UPDATE identity_providers SET is_enabled = false", acme)
    assert outcome(confirm(stale, code)) == NOT_VALID
    rows("UPDATE identity_providers SET is_enabled = true", acme)
    rows("UPDATE sign_ons SET code_expires_at = code_expires_at - interval '61 seconds'", acme)
    assert outcome(confirm(stale, code)) == NOT_VALID
    nothing_came_of_it(acme, stale)


def test_a_code_of_one_kind_is_none_of_the_other(
    acme: Cast, stale: Api, provider: IdentityProvider, fake: FakeProvider
) -> None:
    before = rows("SELECT count(*) FROM sessions", acme)
    assert outcome(redeem(code_of(stale, provider, fake))) == NOT_VALID
    assert rows("SELECT count(*) FROM sessions", acme) == before
    page = sign_on(Browser(acme.host), provider, fake, return_to=PAGE, code_challenge=challenge_of(VERIFIER))
    assert outcome(confirm(stale, query_of(page.goes_to)["code"])) == NOT_VALID
    nothing_came_of_it(acme, stale)


def test_a_ticket_is_for_the_first_browser_and_for_ten_minutes(
    acme: Cast, globex: Cast, stale: Api, provider: IdentityProvider
) -> None:
    address = begin(stale).body["address"]
    assert leave(Browser(globex.host), address).status == 404
    assert leave(Browser(acme.host), address + "x").status == 400
    assert sorted(page.status for page in at_once(lambda _: leave(Browser(acme.host), address), 4)) == [302] + [400] * 3
    late = begin(stale).body["address"]
    rows("UPDATE sign_ons SET expires_at = expires_at - interval '11 minutes'", acme)
    assert leave(Browser(acme.host), late).status == 400


def test_a_ticket_is_no_state(acme: Cast, stale: Api, provider: IdentityProvider, fake: FakeProvider) -> None:
    ticket = query_of(begin(stale).body["address"])["ticket"]
    assert come_back(Browser(acme.host), provider.id, state=ticket, code="good-code").status == 400


def test_an_answer_that_comes_again_or_in_another_browser(
    acme: Cast, stale: Api, provider: IdentityProvider, fake: FakeProvider
) -> None:
    browser = Browser(acme.host)
    asked = leave(browser, begin(stale).body["address"]).goes_to
    assert be_asked(Browser(acme.host), provider, fake, asked).status == 400
    assert be_asked(browser, provider, fake, asked).status == 302
    assert be_asked(browser, provider, fake, asked).status == 400
