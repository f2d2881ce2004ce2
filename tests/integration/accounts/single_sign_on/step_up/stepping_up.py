"""Stepping up in a test: somebody who signed on is asked once more by the provider, and comes back."""

from __future__ import annotations

import time
from datetime import timedelta
from urllib.parse import urlsplit

from accounts.models import IdentityProvider
from accounts.single_sign_on.attempts import challenge_of
from tests.acts import rows
from tests.browsers import Browser, Page
from tests.cast import Answer, Api, Cast
from tests.integration.accounts.second_factors.phones import let_log_in_age
from tests.integration.accounts.single_sign_on.provider import FakeProvider
from tests.integration.accounts.single_sign_on.signing_on import come_back, query_of, sign_on
from tests.integration.accounts.single_sign_on.test_sign_on_api import PAGE, VERIFIER, redeem

AGAIN = "me/reauthentication/sso/"
CONFIRM = "me/reauthentication/sso/confirm/"
ASKED = (403, "reauthentication_required")
ALICE = {"sub": "alice-1", "email": "alice@acme.example", "email_verified": True}
BOB = {"sub": "bob-1", "email": "bob@acme.example", "email_verified": True}
NOT_VALID = (400, "code_not_valid")


def outcome(answer: Answer) -> tuple[int, str]:
    return answer.status, (answer.body or {}).get("code", "")


def long_ago(cast: Cast) -> None:
    let_log_in_age(cast, timedelta(hours=1))


def signed_on(provider: IdentityProvider, fake: FakeProvider, host: str) -> Api:
    """Sign a front-end's person on, whose log-in is an hour ago by the time they are asked."""
    page = sign_on(Browser(host), provider, fake, return_to=PAGE, code_challenge=challenge_of(VERIFIER))
    return Api(redeem(query_of(page.goes_to)["code"]).body["access"], host=host)


def begin(api: Api, **more: object) -> Answer:
    return api.post(AGAIN, {"return_to": PAGE, "code_challenge": challenge_of(VERIFIER), **more})


def leave(browser: Browser, address: str) -> Page:
    """Follow the address of ours that a client was given, to the provider."""
    parts = urlsplit(address)
    return browser.get(f"{parts.path}?{parts.query}")


def be_asked(browser: Browser, provider: IdentityProvider, fake: FakeProvider, address: str) -> Page:
    """Be asked by the provider, which says when that was, and come back; `address` is the provider's."""
    code = fake.authorize(address)
    fake.claims = {"auth_time": int(time.time())} | fake.claims
    return come_back(browser, provider.id, state=query_of(address)["state"], code=code)


def code_of(api: Api, provider: IdentityProvider, fake: FakeProvider) -> str:
    """Go all the way to the code that comes back."""
    browser = Browser(api.host)
    begun = begin(api)
    assert begun.status == 200, begun.body
    page = be_asked(browser, provider, fake, leave(browser, begun.body["address"]).goes_to)
    assert page.goes_to.startswith(f"{PAGE}?code="), page.goes_to
    return query_of(page.goes_to)["code"]


def confirm(api: Api, code: str, verifier: str = VERIFIER) -> Answer:
    return api.post(CONFIRM, {"code": code, "code_verifier": verifier})


def is_asked(api: Api) -> bool:
    """Whether this session is too old for what lasts."""
    return outcome(api.post("me/second-factors/totp/")) == ASKED


def steps(cast: Cast) -> list[object]:
    """What the trail says of step-ups."""
    found = rows("SELECT changes FROM audit_logs WHERE action = 'session.reauthenticated' ORDER BY created_at", cast)
    return [changes for (changes,) in found]
