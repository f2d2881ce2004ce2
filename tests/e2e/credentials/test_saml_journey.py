"""Single sign-on by SAML at a real browser: a provider on another site posts its answer, and somebody is in the dashboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cast import PASSWORD
from tests.chromium import CHROMIUM
from tests.customers import Customer
from tests.database import another_database
from tests.e2e.conftest import Visit
from tests.environment import WORKER
from tests.saml.program import MISSING, is_installed, running
from tests.servers import Platform

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed."),
    pytest.mark.skipif(not is_installed(), reason=MISSING),
]


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    """A platform whose operator lets it ask a provider on this machine."""
    with another_database(f"workix_saml_{WORKER}") as settings:
        platform = Platform.at(settings, tmp_path_factory.mktemp("var"), WORKIX_OUTGOING_NETWORKS="127.0.0.0/8")
        with platform.serving(), platform.working():
            yield platform


def test_an_admin_connects_a_provider_and_somebody_comes_in_by_it(
    customer: Customer, visit: Visit, tmp_path: Path
) -> None:
    with running(tmp_path) as origin:
        admin = visit("hooli")
        admin.log_in(customer.address, PASSWORD)
        admin.go("/admin/accounts/identityprovider/add/")
        admin.click("Take SAML", "link")
        admin.fill(name="Hooli ID", metadata_url=f"{origin}/metadata", domains="acme.example")
        admin.page.locator('[name="is_authoritative"]').check()
        admin.page.locator('[name="creates_people"]').check()
        admin.photograph("saml-provider-add")
        admin.click("Save")
        admin.click("Hooli ID", "link")
        admin.reads("ACS URL", "Entity ID")
        admin.photograph("saml-provider")
        admin.click("Test …", "link")
        admin.reads("carol@acme.example", "This is somebody else than you")
        admin.photograph("saml-provider-test")
        admin.click("Back to Hooli ID", "link")
        admin.page.locator('[name="is_enabled"]').check()
        admin.click("Save")
        carol = visit("hooli")
        carol.go("/admin/")
        carol.photograph("saml-log-in")
        carol.click("Sign in with Hooli ID", "link")
        carol.page.wait_for_url(f"{carol.origin}/api/v1/me/")  # a user has no dashboard
        carol.reads("carol@acme.example")
        carol.photograph("saml-signed-on")
