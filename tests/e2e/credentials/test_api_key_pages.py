"""API keys at a real browser: issued, copied, used by a service over HTTP, rotated, revoked. Pictures: var/screenshots."""

from __future__ import annotations

import re

import pytest

from tests.cast import PASSWORD
from tests.chromium import CHROMIUM, PHONE, Person
from tests.customers import Customer
from tests.e2e.conftest import Visit
from tests.servers import Platform

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed.")]


def used(platform: Platform, key: str) -> int:
    """Call the API as a service does, through the real server."""
    return platform.call("GET", "/api/v1/quotas/", access=key).status


def shown(admin: Person) -> str:
    admin.reads("This is the only time it is shown")
    (key,) = re.findall(r"wxk_[0-9A-Za-z]{65}", admin.words())
    return str(key)


def test_an_admin_issues_rotates_and_revokes_a_key(platform: Platform, visit: Visit, customer: Customer) -> None:
    admin = visit(customer.slug)
    admin.log_in(customer.address, PASSWORD)
    admin.go("/admin/accounts/apikey/")
    admin.reads("There is no API key")
    admin.photograph("api-keys-none")
    first = issue(admin)
    assert used(platform, first) == 200
    second = rotate(admin)
    assert [used(platform, key) for key in (first, second)] == [200, 200]
    admin.click("I have copied it", "link")
    admin.reads("is good for 23", "Runner of the pipelines in the cellar")
    admin.photograph("api-keys")
    admin.click("Runner of the pipelines in the cellar", "link")
    admin.photograph("api-key")
    confirm(admin)
    revoke(admin)
    assert [used(platform, key) for key in (first, second)] == [401, 401]


def assert_a_phone_is_filled(admin: Person) -> None:
    """The sidebar is not there on a phone, and leaves no room for itself."""
    admin.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    assert admin.page.evaluate("document.querySelector('.content').clientWidth") == PHONE[0]


def issue(admin: Person) -> str:
    admin.go("/admin/accounts/apikey/add/")
    admin.fill(
        name="Runner of the pipelines in the cellar", networks="0.0.0.0/0\n::/0", expires_at="2030-01-31T12:00:00"
    )
    for scope in ("quotas:read", "quotas:consume", "organization:read"):
        admin.page.locator(f'[name="scopes"][value="{scope}"]').check()
    admin.photograph("api-key-add")
    admin.click("Save")
    key = shown(admin)
    admin.photograph("api-key-issued")
    assert_a_phone_is_filled(admin)
    return key


def rotate(admin: Person) -> str:
    admin.click("Runner of the pipelines in the cellar", "link")
    admin.click("Rotate …", "link")
    admin.photograph("api-key-rotation")
    admin.click("Rotate")
    return shown(admin)


def confirm(admin: Person) -> None:
    admin.click("Confirm …", "link")
    admin.reads("You answer for what this key may do")
    admin.photograph("api-key-confirmation")
    admin.click("Confirm")
    admin.reads("from now on.")


def revoke(admin: Person) -> None:
    admin.click("Delete", "link")
    admin.reads("It can't be undone.")
    admin.photograph("api-key-revocation")
    admin.click("Revoke")
    admin.reads("There is no API key")
