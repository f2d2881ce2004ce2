"""Single sign-on only: who may still come in by a password, how it is turned on, and that nobody is ever locked out."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from accounts.invitations.issuing import invite
from accounts.login.password_change import reset
from accounts.models import IdentityProvider, Purpose, User
from accounts.passwords.single_sign_on_only import SingleSignOnRequired
from accounts.tokens import email_tokens
from tenants.scope import use_tenant
from tests.acts import rows
from tests.browsers import Browser, browser_of
from tests.cast import PASSWORD, Answer, Api, Cast
from tests.integration.accounts.invitations.invited import links
from tests.integration.accounts.single_sign_on.provider import FakeProvider
from tests.integration.accounts.single_sign_on.signing_on import connect, sign_on
from workix.core.current import Current

POLICIES = "organization/policies/"
ALICE = {"sub": "alice-1", "email": "alice@acme.example", "email_verified": True}
FORBIDDEN = (403, "single_sign_on_required")


def outcome(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.body.get("code", "")


def faults(answer: Answer) -> list[tuple[str, str]]:
    return [(each["field"], each["code"]) for each in answer.body["errors"]]


def log_in(name: str, password: str = PASSWORD) -> Answer:
    return Api().post("auth/login/", {"email": f"{name}@acme.example", "password": password, "organization": "acme"})


def forbid(acme: Cast, alice: Api) -> Answer:
    named = {"single_sign_on_only": True, "break_glass_admins": [str(acme.people["alice"].id)]}
    return alice.patch(POLICIES, named)


@pytest.fixture
def only(acme: Cast, browser: Browser, provider: IdentityProvider, fake: FakeProvider, alice: Api) -> None:
    """Let Acme take no passwords but Alice's."""
    fake.person = ALICE
    sign_on(browser, provider, fake)
    answer = forbid(acme, alice)
    assert (answer.status, answer.body["single_sign_on_only"]) == (200, True)


@pytest.mark.usefixtures("only")
def test_only_break_glass_admins_come_in_by_a_password(acme: Cast) -> None:
    assert log_in("alice").status == 200
    assert outcome(log_in("bob")) == FORBIDDEN
    page = Browser(acme.host).log_in("bob@acme.example")
    assert "Your organization takes no passwords." in page.words


@pytest.mark.usefixtures("only")
def test_strangers_are_not_told_who_is_a_person_here(acme: Cast) -> None:
    told = [log_in("bob", "wrong horse"), log_in("nobody", "wrong horse"), log_in("nobody")]
    assert [outcome(each) for each in told] == [(401, "invalid_credentials")] * 3
    assert Api().post("auth/password-reset/", {"email": "bob@acme.example"}).status == 202


@pytest.mark.usefixtures("only")
def test_a_link_sets_no_password_that_would_be_of_no_use(acme: Cast) -> None:
    new = "another horse battery staple"
    with use_tenant(acme.organization):
        links = {
            name: email_tokens.make(
                User.objects.get(email=f"{name}@acme.example"),
                Purpose.RESET_PASSWORD,
                now=timezone.now(),
                lifetime=timezone.timedelta(hours=1),
            )
            for name in ("alice", "bob")
        }
    with pytest.raises(SingleSignOnRequired):
        reset(token=links["bob"], password=new, now=timezone.now())
    reset(token=links["alice"], password=new, now=timezone.now())
    assert log_in("alice", new).status == 200


@pytest.mark.usefixtures("only")
def test_an_invitation_is_accepted_by_signing_on(
    acme: Cast, provider: IdentityProvider, fake: FakeProvider, run_jobs: Any
) -> None:
    scope = Current.scoped(organization=acme.organization, actor=acme.people["alice"].as_actor())
    with use_tenant(acme.organization), scope:
        invite(email="carol@acme.example", role="viewer", now=timezone.now())
    run_jobs()
    (token,) = links("carol@acme.example")
    accepted = Api().post("invitations/accept/", {"token": token, "password": "another horse battery staple"})
    assert outcome(accepted) == FORBIDDEN
    fake.person = {"sub": "carol-1", "email": "carol@acme.example", "email_verified": True}
    sign_on(Browser(acme.host), provider, fake)
    assert rows("SELECT status FROM invitations", acme) == [("accepted",)]


@pytest.mark.usefixtures("only")
def test_the_last_provider_stays(acme: Cast, provider: IdentityProvider, fake: FakeProvider, alice: Api) -> None:
    path = f"identity-providers/{provider.id}/"
    assert outcome(alice.patch(path, {"is_enabled": False})) == (409, "last_provider")
    assert outcome(alice.delete(path)) == (409, "last_provider")
    connect(acme, fake, name="Another")
    assert alice.delete(path).status == 204
    alice = Api(log_in("alice").body["access"])  # her session ended with that of everybody whom it knew
    assert alice.patch(POLICIES, {"single_sign_on_only": False}).status == 200
    assert log_in("bob").status == 200


def test_nobody_turns_it_on_without_having_signed_on(acme: Cast, provider: IdentityProvider, alice: Api) -> None:
    assert faults(forbid(acme, alice)) == [("single_sign_on_only", "not_tested")]
    assert log_in("bob").status == 200


def test_a_sign_on_of_yesterday_or_with_what_is_not_enabled_does_not_count(
    acme: Cast, browser: Browser, provider: IdentityProvider, fake: FakeProvider, alice: Api
) -> None:
    fake.person = ALICE
    sign_on(browser, provider, fake)
    rows("UPDATE external_identities SET last_used_at = now() - interval '61 minutes'", acme)
    assert faults(forbid(acme, alice)) == [("single_sign_on_only", "not_tested")]
    rows("UPDATE external_identities SET last_used_at = now()", acme)
    rows("UPDATE identity_providers SET is_enabled = false", acme)
    assert faults(forbid(acme, alice)) == [("single_sign_on_only", "not_tested")]


@pytest.mark.parametrize("named", [[], ["bob"], ["alice", "bob"], ["nobody"]])
def test_it_takes_a_break_glass_admin(
    acme: Cast,
    browser: Browser,
    provider: IdentityProvider,
    fake: FakeProvider,
    alice: Api,
    named: list[str],
) -> None:
    fake.person = ALICE
    sign_on(browser, provider, fake)
    nobody = "00000000-0000-4000-8000-000000000000"
    ids = [str(acme.people[name].id) if name in acme.people else nobody for name in named]
    refused = alice.patch(POLICIES, {"single_sign_on_only": True, "break_glass_admins": ids})
    assert faults(refused) == [("break_glass_admins", "no_admin")]


def test_an_admin_turns_it_on_in_the_dashboard(acme: Cast, provider: IdentityProvider, fake: FakeProvider) -> None:
    fake.person = ALICE
    sign_on(Browser(acme.host), provider, fake)
    admin = browser_of(acme, "alice")
    assert "alice@acme.example" in admin.get("/admin/policies/").words
    typed = {"single_sign_on_only": "on", "break_glass_admins": [str(acme.people["alice"].id)]}
    assert admin.post("/admin/policies/", **typed).status == 302
    assert outcome(log_in("bob")) == FORBIDDEN
