"""GET /auth/sso/ and POST /auth/sso/token/: front-ends sign people on and exchange one-time codes, thieves exchange nothing."""

from __future__ import annotations

import secrets

import pytest
from django.utils import timezone

from accounts.members import change
from accounts.models import IdentityProvider
from accounts.single_sign_on.attempts import challenge_of
from tenants.models import Status
from tenants.resolution import forget_all
from tenants.scope import use_tenant
from tests.acts import at_once, rows, set_status
from tests.browsers import Browser
from tests.cast import Answer, Api, Cast
from tests.integration.accounts.single_sign_on.provider import FakeProvider
from tests.integration.accounts.single_sign_on.signing_on import CAROL, leave, person, query_of, sign_on

PAGE = "https://app.acme.example/signed-on"
VERIFIER = "v" * 43
REFUSED = (400, "code_not_valid")


@pytest.fixture
def front_end(acme: Cast) -> None:
    """Let pages of Acme's front-end call the API."""
    rows("UPDATE organizations SET allowed_origins = 'https://app.acme.example' WHERE slug = 'acme'")
    forget_all()


def code_of(browser: Browser, provider: IdentityProvider, fake: FakeProvider) -> str:
    page = sign_on(browser, provider, fake, return_to=PAGE, code_challenge=challenge_of(VERIFIER))
    assert page.goes_to.startswith(f"{PAGE}?code="), page.goes_to
    return query_of(page.goes_to)["code"]


def redeem(code: str, verifier: str = VERIFIER, host: str = "localhost", **more: object) -> Answer:
    return Api(host=host).post("auth/sso/token/", {"code": code, "code_verifier": verifier, **more})


def outcome(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.body.get("code", "")


@pytest.mark.usefixtures("front_end")
def test_a_front_end_gets_tokens_for_its_code(
    acme: Cast, browser: Browser, provider: IdentityProvider, fake: FakeProvider
) -> None:
    answer = redeem(code_of(browser, provider, fake))
    assert (answer.status, answer.body["user"]["email"], answer.body["device"]) == (200, "carol@acme.example", None)
    carol = Api(answer.body["access"])
    assert carol.get("me/").body["role"] == "user"
    assert carol.post("auth/switch/", {"organization": "globex"}).status in (403, 404)
    renewed = Api().post("auth/refresh/", {"refresh": answer.body["refresh"]})
    assert renewed.status == 200
    assert Api(renewed.body["access"]).post("auth/logout/").status == 204
    assert Api(renewed.body["access"]).get("me/").status == 401
    trail = rows("SELECT actor_label, changes FROM audit_logs WHERE action = 'session.signed_on'", acme)
    assert trail == [("carol@acme.example", {"provider": "Acme ID"})]


@pytest.mark.usefixtures("front_end")
def test_in_cookie_mode_the_refresh_token_is_in_the_cookie(
    browser: Browser, provider: IdentityProvider, fake: FakeProvider
) -> None:
    answer = redeem(code_of(browser, provider, fake), cookie=True)
    assert (answer.status, answer.body["refresh"]) == (200, None)
    assert answer.cookies["workix-refresh"].value


@pytest.mark.usefixtures("front_end")
def test_a_session_by_a_provider_proves_no_mailbox(
    acme: Cast, browser: Browser, provider: IdentityProvider, fake: FakeProvider
) -> None:
    rows("UPDATE organizations SET allows_switching = true")
    fake.person = {**CAROL, "email": "alice@acme.example"}
    alice = Api(redeem(code_of(browser, provider, fake)).body["access"])
    assert outcome(alice.post("auth/switch/", {"organization": "globex"})) == (403, "mailbox_not_proven")


@pytest.mark.usefixtures("front_end")
def test_a_code_is_good_once(acme: Cast, browser: Browser, provider: IdentityProvider, fake: FakeProvider) -> None:
    code = code_of(browser, provider, fake)
    statuses = [answer.status for answer in at_once(lambda _: redeem(code), 4)]
    assert sorted(statuses) == [200, 400, 400, 400]
    assert rows("SELECT count(*) FROM sessions", acme) == [(1,)]


@pytest.mark.usefixtures("front_end")
def test_a_code_without_its_verifier_opens_nothing_and_stays_good(
    acme: Cast, browser: Browser, provider: IdentityProvider, fake: FakeProvider
) -> None:
    code = code_of(browser, provider, fake)
    for verifier in ("w" * 43, challenge_of(VERIFIER), VERIFIER + "v"):
        assert outcome(redeem(code, verifier)) == REFUSED
    for verifier in ("", "v" * 42, "v" * 129, VERIFIER + "\x00", "ä" * 43):
        assert redeem(code, verifier).status == 400
    assert rows("SELECT count(*) FROM sessions", acme) == [(0,)]
    assert redeem(code).status == 200


@pytest.mark.usefixtures("front_end")
def test_a_code_is_over_after_a_minute(
    acme: Cast, browser: Browser, provider: IdentityProvider, fake: FakeProvider
) -> None:
    code = code_of(browser, provider, fake)
    rows("UPDATE sign_ons SET code_expires_at = code_expires_at - interval '61 seconds'", acme)
    assert outcome(redeem(code)) == REFUSED


@pytest.mark.usefixtures("front_end")
def test_a_code_is_none_of_another_organization(
    acme: Cast, globex: Cast, browser: Browser, provider: IdentityProvider, fake: FakeProvider
) -> None:
    code = code_of(browser, provider, fake)
    assert outcome(redeem(code, host=globex.host)) == REFUSED
    assert redeem(code, host=acme.host).status == 200


@pytest.mark.usefixtures("front_end")
def test_a_code_of_somebody_who_was_shut_out_meanwhile_opens_nothing(
    acme: Cast, browser: Browser, provider: IdentityProvider, fake: FakeProvider
) -> None:
    code = code_of(browser, provider, fake)
    carol = person(acme, "carol@acme.example")
    assert carol is not None
    with use_tenant(acme.organization):
        change(carol.id, now=timezone.now(), is_active=False)
    assert outcome(redeem(code)) == REFUSED
    with use_tenant(acme.organization):
        change(carol.id, now=timezone.now(), is_active=True)
    set_status(acme, Status.SUSPENDED)
    assert outcome(redeem(code)) == (403, "organization_suspended")


@pytest.mark.parametrize("code", ["", "x" * 86, "x" * 1_000, "\x00", 7, None])
def test_what_is_no_code_opens_nothing(acme: Cast, code: object) -> None:
    assert Api().post("auth/sso/token/", {"code": code, "code_verifier": VERIFIER}).status == 400


@pytest.mark.usefixtures("front_end")
@pytest.mark.parametrize(
    "page",
    [
        "https://evil.example/",
        "https://app.acme.example.evil.example/",
        "https://app.acme.example@evil.example/",
        "https://app.acme.example:444/",
        "http://app.acme.example/",
        "https://app.acme.example/?next=x",
        "https://app.acme.example/#x",
        "https://app.acme.example\\@evil.example/",
        "//app.acme.example/",
        "/admin/",
        "javascript:alert(1)",
        "",
        "https://app.acme.example/" + "x" * 600,
    ],
)
def test_a_code_is_sent_to_pages_of_allowed_origins_only(
    browser: Browser, provider: IdentityProvider, page: str
) -> None:
    begun = browser.client.get(
        f"/sso/{provider.id}/",
        {"return_to": page, "code_challenge": challenge_of(VERIFIER)},
        headers={"Host": browser.host},
    )
    assert begun.status_code == 400


@pytest.mark.usefixtures("front_end")
@pytest.mark.parametrize(
    "challenge",
    [
        {},
        {"code_challenge": ""},
        {"code_challenge": "x" * 42},
        {"code_challenge": "x" * 44},
        {"code_challenge": "é" * 43},
        {"code_challenge": "x" * 43, "code_challenge_method": "plain"},
    ],
)
def test_no_front_end_begins_without_a_challenge(
    browser: Browser, provider: IdentityProvider, challenge: dict[str, str]
) -> None:
    sent = {"return_to": PAGE, **challenge}
    assert browser.client.get(f"/sso/{provider.id}/", sent, headers={"Host": browser.host}).status_code == 400


@pytest.mark.usefixtures("front_end")
def test_what_is_refused_is_told_to_the_page(browser: Browser, provider: IdentityProvider, fake: FakeProvider) -> None:
    fake.person = {**CAROL, "email_verified": False}
    page = sign_on(browser, provider, fake, return_to=PAGE, code_challenge=challenge_of(VERIFIER))
    assert page.goes_to == f"{PAGE}?error=sign_on_refused"
    assert "workix" not in {name for name, morsel in browser.client.cookies.items() if morsel.value}


def test_front_ends_are_told_who_signs_people_on(acme: Cast, provider: IdentityProvider) -> None:
    listed = {"id": str(provider.id), "name": "Acme ID"}
    page = {"count": 1, "next": None, "previous": None}
    here = Api(host=acme.host).get("auth/sso/")
    assert here.body == {**page, "results": [{**listed, "address": f"http://acme.localhost/sso/{provider.id}/"}]}
    named = Api().get("auth/sso/?organization=acme")
    assert named.body == {**page, "results": [{**listed, "address": f"http://acme.localhost:8000/sso/{provider.id}/"}]}
    nobody = {"count": 0, "next": None, "previous": None, "results": []}
    for path in ("auth/sso/", "auth/sso/?organization=globex", f"auth/sso/?organization={secrets.token_hex(60)}"):
        assert Api().get(path).body == nobody
    assert leave(Browser(acme.host), provider.id)


def test_a_null_character_is_in_no_name(anonymous: Api) -> None:
    answer = anonymous.get("auth/sso/?organization=acme%00")
    assert (answer.status, answer.body["errors"][0]["field"]) == (400, "organization")


@pytest.mark.parametrize("slug", ["%ED%A0%BD", "x" * 5_000, "%E2%80%AE", "%27--"])
def test_an_organization_of_a_hostile_name_offers_nobody(anonymous: Api, slug: str) -> None:
    """A name that is too long to be one is no fault of the request: it is nobody's, and the answer is that of any other."""
    answer = anonymous.get(f"auth/sso/?organization={slug}")
    assert (answer.status, answer.body["results"]) == (200, [])
