"""A passkey at a real browser, with Chromium's virtual authenticator: added, logged in by, and enrolled at a log-in."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.cast import PASSWORD
from tests.chromium import CHROMIUM, Person
from tests.customers import Customer
from tests.e2e.conftest import Visit
from tests.e2e.front_ends import let_call, run_code_of
from tests.servers import Platform

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed.")]

#: The lock of a laptop: it keeps passkeys, and verifies its owner.
LAPTOP = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def with_laptop(person: Person) -> Person:
    use_laptop(person.page)
    return person


def use_laptop(page: Page) -> None:
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": LAPTOP})


def test_an_admin_adds_a_passkey_and_logs_in_by_it(visit: Visit, customer: Customer) -> None:
    admin = with_laptop(visit(customer.slug))
    admin.log_in(customer.address, PASSWORD)
    admin.go("/admin/second-factors/")
    admin.click("Passkeys …", "link")
    admin.reads("A passkey logs you in by the lock of your device")
    admin.photograph("passkeys-none")
    admin.fill(name="Laptop")
    admin.click("Add a passkey")
    admin.reads("This is the only time they are shown.")
    admin.click("I have kept them", "link")
    admin.reads(f"Laptop, for {customer.slug}.localhost, added")
    admin.photograph("passkeys")
    log_in_alone(admin, customer.slug)
    log_in_after_the_password(admin, customer.address)


def log_out(admin: Person) -> None:
    admin.click("Log out")
    admin.go("/admin/passkeys/")
    admin.reads("Sign in with a passkey")


def log_in_alone(admin: Person, slug: str) -> None:
    log_out(admin)
    admin.photograph("passkey-log-in")
    admin.page.get_by_role("button", name="Sign in with a passkey").click()
    admin.reads(f"Laptop, for {slug}.localhost, added")
    admin.fill(name="Again")
    admin.click("Add a passkey")
    admin.reads("This device has a passkey of yours already.")


def log_in_after_the_password(admin: Person, address: str) -> None:
    log_out(admin)
    admin.fill(username=address, password=PASSWORD)
    admin.click("Log in")
    admin.reads("Use a passkey")
    admin.photograph("passkey-second-step")
    admin.click("Use a passkey")
    admin.reads("Overview")


def test_who_has_to_enrol_a_factor_adds_a_passkey_at_the_log_in(visit: Visit, platform: Platform) -> None:
    customer = Customer(platform, "umbrella")
    customer.begin()
    required = {"second_factor_required_from": "2020-01-01T00:00:00Z"}
    assert customer.call("PATCH", "organization/policies/", required).status == 200
    admin = with_laptop(visit("umbrella"))
    admin.log_in(customer.address, PASSWORD)
    admin.click("a passkey", "link")
    admin.reads("A passkey logs you in by the lock of your device")
    admin.photograph("passkey-enrolment")
    admin.fill(name="Laptop")
    admin.click("Add a passkey")
    admin.reads("This is the only time they are shown.")
    admin.click("I have kept them", "link")
    admin.reads("Newest in the audit trail")


# What a page of a front-end does with an address and a password.
BY_PASSWORD = """([email, password]) => post("auth/login/", { email, password, organization: "soylent" })
    .then((answer) => { window.access = answer.access; }, (problem) => problem.second_factor.challenge)"""
ADD = """async () => (await addPasskey(access, "Laptop")).recovery_codes.length"""


def test_the_code_that_the_guide_has_for_front_ends(front_end: Page, front_end_port: int, platform: Platform) -> None:
    """At an origin beneath the organization's host, whose passkeys are good there."""
    customer, page = Customer(platform, "soylent"), f"http://app.soylent.localhost:{front_end_port}/"
    customer.begin()
    let_call(customer, page)
    front_end.goto(page)
    use_laptop(front_end)
    run_code_of(front_end, "Passkeys", platform, "soylent.localhost", guide="api.md")
    front_end.evaluate(BY_PASSWORD, [customer.address, PASSWORD])
    assert front_end.evaluate(ADD) == 10
    assert front_end.evaluate("async () => (await logIn()).user.email") == customer.address
    challenge = front_end.evaluate(BY_PASSWORD, [customer.address, PASSWORD])
    assert front_end.evaluate("async (given) => (await complete(given)).user.email", challenge) == customer.address
