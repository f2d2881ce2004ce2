"""Browser journeys: an operator creates an organization, an admin manages it, a viewer reads. Pictures: var/screenshots."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.cast import OTTO, PASSWORD
from tests.chromium import CHROMIUM, Person
from tests.e2e.conftest import Visit, at_work
from tests.e2e.mails import find_link
from tests.environment import WORKER
from tests.servers import Platform, wait_for

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed.")]


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    """Nobody has been there: the console is empty."""
    with at_work(f"workix_journeys_{WORKER}", tmp_path_factory.mktemp("var")) as platform:
        yield platform


def confirmation_link(platform: Platform, address: str, page: str = "confirm-email") -> str:
    folder = Path(platform.settings["WORKIX_VAR"]) / "mail"
    return wait_for(lambda: find_link(folder, address, page))


def test_an_operator_creates_an_organization_and_its_admin_manages_it(
    platform: Platform, visit: Visit, password_of_otto: str
) -> None:
    otto = visit()
    otto.go("/admin/")
    otto.photograph("console-log-in")
    otto.log_in(OTTO, password_of_otto)
    otto.reads("There is no organization yet.")
    otto.photograph("console-home-empty")
    otto.click("Create an organization", "link")
    otto.fill(name="Initech", email="ines@initech.example", password="short", first_name="Ines")
    assert otto.page.locator('[name="slug"]').input_value() == "initech"
    otto.click("Save")
    otto.reads("Use 15 to 128 characters.")
    otto.photograph("console-open-refused")
    otto.fill(password=PASSWORD)
    otto.click("Save")
    otto.reads("was added successfully")
    otto.photograph("console-organizations")
    walk_in(platform, visit())
    manage(visit("initech"))
    look_only(platform, visit("initech"))
    govern(otto)


def walk_in(platform: Platform, ines: Person) -> None:
    """Follow the link of the mail, and confirm."""
    ines.go(f"/confirm-email/#{confirmation_link(platform, 'ines@initech.example')}")
    ines.photograph("confirm-email")
    assert "#" not in ines.page.url, "The token left the address bar."
    ines.click("Confirm address")
    ines.reads("Your address is confirmed.")
    ines.photograph("confirm-email-done")


def manage(ines: Person) -> None:
    """See the dashboard, invite a person, read the trail."""
    ines.log_in("ines@initech.example", PASSWORD)
    ines.reads("Initech", "1 of 5", "Newest in the audit trail")
    ines.photograph("dashboard-home")
    invite_victor(ines)
    ines.go("/admin/quotas/quota/")
    ines.reads("3 left")
    ines.photograph("dashboard-quotas")
    ines.go("/admin/audit/logentry/")
    ines.reads("invitation.created")
    ines.photograph("dashboard-trail")
    ines.page.locator("#result_list tbody tr", has_text="invitation.created").locator("th a").click()
    ines.reads("Before and after", "victor@initech.example")
    ines.photograph("dashboard-entry")
    ines.go("/admin/accounts/session/")
    ines.reads("ines@initech.example")
    ines.photograph("dashboard-sessions")
    ines.go("/api/v1/users/")
    ines.reads("ines@initech.example", "Send a request here")
    ines.photograph("browsable-api")
    ines.page.locator("#method").select_option("POST")
    ines.fill(body='{"email": "wanda@initech.example", "password": "' + PASSWORD + '"}')
    ines.click("Send")
    ines.reads("201 Created")


def invite_victor(ines: Person) -> None:
    """Ask somebody to come, as a viewer."""
    ines.click("Invite a person", "link")
    ines.fill(email="victor@initech.example", first_name="Victor")
    ines.page.locator('[name="role"]').select_option("viewer")
    ines.photograph("dashboard-invite")
    ines.click("Save")
    ines.reads("was added successfully", "2 of 5 seats are taken", "Pending")
    ines.photograph("dashboard-invitations")
    ines.go("/admin/accounts/user/")
    ines.photograph("dashboard-people")


def accept_invitation(platform: Platform, victor: Person) -> None:
    """Follow the link of the mail, which stays good while a password is refused."""
    link = f"/accept-invitation/#{confirmation_link(platform, 'victor@initech.example', 'accept-invitation')}"
    victor.go(link)
    assert "#" not in victor.page.url, "The token left the address bar."
    victor.page.reload()
    victor.reads("Open the link of the mail you got.")
    victor.go("/")
    victor.go(link)
    victor.photograph("accept-invitation")
    victor.fill(password="short", last_name="Vance")
    victor.click("Join")
    victor.reads("Use 8 characters or more.")
    victor.photograph("accept-invitation-refused")
    victor.fill(password=PASSWORD)
    victor.click("Join")
    victor.reads("You joined Initech. Log in as victor@initech.example.")
    victor.photograph("accept-invitation-done")


def look_only(platform: Platform, victor: Person) -> None:
    """Accept an invitation, see people and quotas, and find nothing to change."""
    accept_invitation(platform, victor)
    victor.click("Log in", "link")
    victor.fill(username="victor@initech.example", password="not his password")
    victor.click("Log in")
    victor.reads("The address or the password is wrong.")
    victor.photograph("dashboard-log-in-refused")
    victor.log_in("victor@initech.example", PASSWORD)
    victor.reads("3 of 5")
    victor.photograph("viewer-home")
    assert "Invite a person" not in victor.words()
    victor.click("View people", "link")
    victor.click("ines@initech.example", "link")
    victor.reads("Close")
    victor.photograph("viewer-person")
    assert victor.page.locator("#content input[type=submit], #content input[type=text]").count() == 0
    victor.go("/admin/accounts/user/add/")
    victor.reads("You do not have permission to do this.")
    victor.photograph("viewer-refused")


def govern(otto: Person) -> None:
    """Suspend with a reason, restore, and look at the rest of the console."""
    otto.go("/admin/tenants/organization/")
    otto.click("Initech", "link")
    otto.reads("Limits of each plan")
    otto.photograph("console-organization")
    otto.click("Suspend …", "link")
    otto.fill(reason="The invoice of October is open.")
    otto.photograph("console-suspend")
    otto.click("Suspend")
    otto.reads("Initech is suspended.")
    otto.click("Restore …", "link")
    otto.fill(reason="Paid.")
    otto.click("Restore")
    otto.reads("Initech is restored.")
    for name, path in {
        "console-home": "/admin/",
        "console-jobs": "/admin/procrastinate/procrastinatejob/",
        "console-domains": "/admin/tenants/domain/",
        "console-operators": "/admin/accounts/user/",
        "console-trail": "/admin/audit/logentry/",
    }.items():
        otto.go(path)
        otto.photograph(name)


def test_somebody_signs_up(platform: Platform, visit: Visit) -> None:
    sonja = visit()
    sonja.go("/")
    sonja.photograph("front")
    sonja.click("Create an organization", "link")
    sonja.fill(name="Sonja's Böötcamp", admin__email="sonja@soylent.example", admin__password="short")
    expect(sonja.page.locator("[data-slug]")).to_have_text("sonja-s-bootcamp")
    sonja.click("Create organization")
    sonja.reads("Use 15 characters or more.")
    sonja.photograph("sign-up-refused")
    sonja.fill(slug="api", admin__password=PASSWORD)
    sonja.click("Create organization")
    sonja.page.locator('[data-error-of="slug"]:not(:empty)').wait_for()
    sonja.fill(slug="soylent")
    sonja.photograph("sign-up")
    sonja.click("Create organization")
    sonja.reads("Check your e-mail")
    sonja.photograph("sign-up-done")
    there = visit("soylent")
    there.go("/")
    there.photograph("organization-front")
    there.go(f"/confirm-email/#{confirmation_link(platform, 'sonja@soylent.example')}")
    there.click("Confirm address")
    there.click("Log in", "link")
    there.fill(username="sonja@soylent.example", password=PASSWORD)
    there.click("Log in")
    there.reads("Sonja's Böötcamp")


def test_a_link_that_is_spent_says_so_and_offers_another(visit: Visit) -> None:
    person = visit()
    person.go("/confirm-email/#spent")
    person.click("Confirm address")
    person.reads("This link is not valid, or it was used before.", "Do you need a new link?")
    person.photograph("confirm-email-refused")
    person.go("/accept-invitation/#spent")
    person.fill(password=PASSWORD)
    person.click("Join")
    person.reads("This link is not valid, or it was used before.")
    person.photograph("accept-invitation-spent")
    person.go("/reset-password/")
    person.fill(email="nobody@nowhere.example")
    person.click("Send link")
    person.reads("If we know this address, a link is on its way.")
    person.photograph("reset-password-asked")
    person.go("/reset-password/#spent")
    person.page.reload()
    person.go("/")


@pytest.mark.parametrize("name", ["docs", "redoc"])
def test_the_pages_of_the_document_work_under_the_policy(visit: Visit, name: str) -> None:
    reader = visit()
    reader.go(f"/api/v1/{name}/")
    reader.reads("List API keys")  # the first: Swagger UI draws what is to be seen, and no more
    reader.page.screenshot(path=Path("var/screenshots") / f"{name}.png")


def test_the_dark_is_readable(visit: Visit, password_of_otto: str) -> None:
    otto = visit(dark=True)
    otto.go("/sign-up/")
    otto.photograph("dark-sign-up")
    otto.log_in(OTTO, password_of_otto)
    otto.reads("Newest organizations")
    otto.photograph("dark-console-home")
