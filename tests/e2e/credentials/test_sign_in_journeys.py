"""Signing in at a real browser: with an authenticator app, at an OpenID Connect provider, and on to another organization."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cast import PASSWORD
from tests.chromium import CHROMIUM, Person
from tests.customers import Customer
from tests.e2e.conftest import Visit
from tests.e2e.front_ends import connect_provider
from tests.e2e.mails import find_link
from tests.integration.accounts.second_factors.phones import Phone
from tests.integration.accounts.single_sign_on.provider import fake_provider
from tests.servers import Platform, wait_for

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed.")]

ANOTHER_PASSWORD = "nine quiet lamps on a hill"  # noqa: S105  # of a test


def test_an_admin_adds_an_authenticator_app_and_logs_in_with_it(visit: Visit, platform: Platform) -> None:
    customer = Customer(platform, "vandelay")
    customer.begin()
    admin = visit("vandelay")
    admin.log_in(customer.address, PASSWORD)
    admin.go("/admin/account/")
    admin.photograph("account")
    admin.click("Add one", "link")
    admin.click("Add an authenticator app", "link")
    admin.click("Show the secret")
    admin.photograph("authenticator-app-secret")
    phone = Phone(secret_on(admin))
    admin.fill(code=phone.code())
    admin.click("Turn it on")
    admin.reads("This is the only time they are shown.")
    admin.photograph("authenticator-app-codes")
    admin.go("/admin/account/")
    admin.click("Log out")
    admin.log_in(customer.address, PASSWORD)
    admin.photograph("authenticator-app-log-in")
    admin.fill(code=phone.code(1))
    admin.click("Log in")
    admin.reads("Newest in the audit trail")


def secret_on(person: Person) -> str:
    found = re.search(r"\b[A-Z2-7]{4}( ?[A-Z2-7]{4}){7}\b", person.words())
    assert found, person.words()
    return found[0].replace(" ", "")


def test_somebody_signs_in_at_the_provider_of_the_company(visit: Visit, customer: Customer) -> None:
    with fake_provider() as fake:
        connect_provider(customer, fake)
        carol = visit(customer.slug)
        carol.go("/admin/")
        carol.photograph("sign-in-at-the-provider")
        carol.click("Sign in with Hooli ID", "link")
        carol.page.wait_for_url(f"{carol.origin}/api/v1/me/")  # a user has no dashboard
        carol.reads(f"carol@{customer.slug}.example")
        carol.go("/admin/account/")
        carol.reads("Chrome on Linux")
        carol.photograph("account-of-a-user")


def test_whoever_reads_the_mailbox_goes_from_one_organization_to_the_other(visit: Visit, platform: Platform) -> None:
    """A session begun with a password that was set through our mail is switched, and no other."""
    first, second = (Customer(platform, slug, "rita@tyrell.example") for slug in ("tyrell", "wonka"))
    second.begin(but=first.begin())
    for each in (first, second):
        assert each.call("PATCH", "organization/policies/", {"allows_switching": True}).status == 200
    rita = visit("tyrell")
    set_password_by_mail(rita, platform, first.address)
    rita.log_in(first.address, ANOTHER_PASSWORD)
    rita.reads("Your other organizations", "Wonka")
    rita.photograph("other-organizations")
    rita.page.get_by_role("link", name="//wonka.localhost").click()
    rita.page.wait_for_url(re.compile(r"//wonka\.localhost:\d+/admin/login/"))
    rita.photograph("other-organization-log-in")
    rita.fill(username=first.address, password=PASSWORD)
    rita.click("Log in")
    rita.reads("Newest in the audit trail", "rita@tyrell.example")


def set_password_by_mail(person: Person, platform: Platform, address: str) -> None:
    person.go("/reset-password/")
    person.fill(email=address)
    person.click("Send link")
    person.reads("If we know this address, a link is on its way.")
    mails = Path(platform.settings["WORKIX_VAR"]) / "mail"
    person.go(f"/reset-password/#{wait_for(lambda: find_link(mails, address, 'reset-password'))}")
    person.page.reload()
    person.fill(password=ANOTHER_PASSWORD)
    person.photograph("reset-password")
    person.click("Save password")
    person.reads("Your password is set")
    person.photograph("reset-password-done")
