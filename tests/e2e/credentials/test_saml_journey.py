"""Single sign-on by SAML at a real browser: a provider on another site posts its answer, and somebody is in the dashboard."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cast import PASSWORD
from tests.chromium import CHROMIUM
from tests.customers import Customer
from tests.e2e.conftest import Visit
from tests.saml.program import MISSING, is_installed, running

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed."),
    pytest.mark.skipif(not is_installed(), reason=MISSING),
]


def test_an_admin_connects_a_provider_and_somebody_comes_in_by_it(
    customer: Customer, visit: Visit, tmp_path: Path
) -> None:
    with running(tmp_path) as origin:
        admin = visit(customer.slug)
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
        carol = visit(customer.slug)
        carol.go("/admin/")
        carol.photograph("saml-log-in")
        carol.click("Sign in with Hooli ID", "link")
        carol.page.wait_for_url(f"{carol.origin}/api/v1/me/")  # a user has no dashboard
        carol.reads("carol@acme.example")
        carol.photograph("saml-signed-on")
