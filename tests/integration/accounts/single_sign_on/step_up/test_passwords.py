"""Step-up under single sign-on only: a password that opens no session proves nothing, but that of a break-glass admin."""

from __future__ import annotations

from accounts.models import IdentityProvider
from tests.acts import rows
from tests.browsers import browser_of
from tests.cast import PASSWORD, Answer, Api, Cast
from tests.integration.accounts.passkeys.authenticators import options_of, person, register
from tests.integration.accounts.single_sign_on.provider import FakeProvider
from tests.integration.accounts.single_sign_on.step_up.stepping_up import (
    AGAIN,
    ASKED,
    BOB,
    begin,
    long_ago,
    outcome,
    signed_on,
)

FORBIDDEN = (403, "single_sign_on_required")
MINE = "/admin/second-factors/enrolment/"
DELETION = "organization/deletion/"


def forbid_passwords(cast: Cast, *but: str) -> None:
    """Let the organization take no passwords but those of some, behind everybody's back."""
    rows(
        "INSERT INTO security_policies (organization_id, updated_at, single_sign_on_only, break_glass_admins)"
        " VALUES (%(id)s, now(), true, to_jsonb(%(but)s::text[]))",
        cast,
        id=cast.organization.id,
        but=[str(cast.people[name].id) for name in but],
    )


def faults_of(answer: Answer) -> list[tuple[str, str]]:
    return [(each["field"], each["code"]) for each in answer.body.get("errors", [])]


def by_password(api: Api, password: str = PASSWORD) -> tuple[int, str]:
    return outcome(api.post("me/reauthentication/", {"password": password}))


def test_a_password_steps_up_break_glass_admins_alone(acme: Cast, alice: Api, bob: Api) -> None:
    long_ago(acme)
    assert by_password(bob) == (204, "")
    forbid_passwords(acme, "alice")
    long_ago(acme)
    assert [by_password(bob), by_password(bob, "a guess")] == [FORBIDDEN] * 2, "nothing is said of the password"
    refused = bob.post("me/second-factors/totp/")
    assert (outcome(refused), refused.body["reauthentication_url"]) == (ASKED, f"/api/v1/{AGAIN}")
    assert outcome(alice.post("me/second-factors/totp/")) == ASKED
    assert (by_password(alice), alice.post("me/second-factors/totp/").status) == ((204, ""), 201)


def test_the_provider_or_a_passkey_steps_them_up(
    acme: Cast, front_end: None, provider: IdentityProvider, fake: FakeProvider, bob: Api
) -> None:
    passkey, here = None, person(acme, "bob")
    passkey = register(here)
    fake.person = dict(BOB)
    mine = signed_on(provider, fake, acme.host)
    forbid_passwords(acme, "alice")
    long_ago(acme)
    assert [by_password(mine), begin(mine).status] == [FORBIDDEN, 200]
    signed = passkey.get(options_of(here, "me/reauthentication/passkey/options/"))
    assert here.post("me/reauthentication/passkey/", {"credential": signed}).status == 204


def test_the_page_asks_for_no_password(acme: Cast, alice: Api) -> None:
    browser, page = browser_of(acme, "alice"), "/admin/reauthentication/"
    assert 'type="password"' in browser.get(page).text
    assert "Change your password" in browser.get("/admin/account/").words
    forbid_passwords(acme)
    assert "Change your password" not in browser.get("/admin/account/").words
    long_ago(acme)
    assert 'type="password"' not in browser.get(page).text
    refused = browser.post(page, password=PASSWORD, next=MINE)
    assert (refused.status, "Your organization takes no passwords." in refused.words) == (200, True)
    assert browser.get(MINE).goes_to.startswith(page)


def test_who_has_no_password_that_counts_schedules_the_removal_by_step_up_alone(
    acme: Cast, front_end: None, provider: IdentityProvider, fake: FakeProvider, alice: Api
) -> None:
    rows("UPDATE users SET role = 'admin' WHERE email = 'bob@acme.example'", acme)
    fake.person = dict(BOB)
    mine = signed_on(provider, fake, acme.host)
    assert faults_of(mine.post(DELETION)) == [("password", "required")], "he has a password, and it counts"
    forbid_passwords(acme, "alice")
    assert [mine.post(DELETION).status, faults_of(alice.post(DELETION))] == [202, [("password", "required")]]
    long_ago(acme)
    assert outcome(mine.post(DELETION)) == ASKED
    assert outcome(alice.post(DELETION, {"password": PASSWORD})) == ASKED


def test_a_password_that_opens_no_session_is_not_changed_either(acme: Cast, alice: Api, bob: Api) -> None:
    forbid_passwords(acme, "alice")
    anew = {"password": "a meadow of quiet horses 7"}
    assert [outcome(bob.post("me/password/", anew | {"current_password": each})) for each in (PASSWORD, "a guess")] == [
        FORBIDDEN
    ] * 2, "nothing is said of the password"
    assert alice.post("me/password/", anew | {"current_password": PASSWORD}).status == 204
