"""Webhooks in the dashboard: added, tested, replayed, rotated, paused and resumed; and by nobody who may not."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.utils import timezone

from tests.acts import rows
from tests.browsers import Browser, Page, browser_of
from tests.cast import Cast
from tests.integration.webhooks.receiver import Receiver, put, row

LIST = "/admin/webhooks/webhookendpoint/"


def shown_on(page: Page) -> str:
    (secret,) = re.findall(r"whsec_[0-9A-Za-z+/=]{44}", page.text)
    return str(secret)


@pytest.fixture
def admin(acme: Cast) -> Browser:
    return browser_of(acme, "alice")


def test_an_empty_list_says_what_a_webhook_is_for(admin: Browser) -> None:
    assert "Have the audit trail sent to a system of yours" in admin.get(LIST).words


def test_one_is_added_and_its_secret_shown_once(acme: Cast, admin: Browser, receiver: Receiver) -> None:
    page = admin.post(f"{LIST}add/", url=receiver.url, description="SIEM", is_enabled="on", _save="Save")
    secret = shown_on(page)
    ((found,),) = rows("SELECT id::text FROM webhook_endpoints", acme)
    listed = admin.get(LIST)
    assert "SIEM" in listed.words
    for again in (listed, admin.get(f"{LIST}{found}/change/")):
        assert secret not in again.text
    assert secret not in str(rows("SELECT session_data FROM django_session", acme))


def test_an_address_that_may_not_be_asked_is_refused_where_it_was_typed(admin: Browser) -> None:
    page = admin.post(f"{LIST}add/", url="http://siem.acme.example/", description="", _save="Save")
    assert (page.status, "must begin with https://" in page.words) == (200, True)


def test_it_is_tested_replayed_and_rotated(
    acme: Cast, admin: Browser, receiver: Receiver, webhook: dict[str, Any]
) -> None:
    page = f"{LIST}{webhook['id']}/"
    receiver.answers = [(204, {}), (500, {})]
    for says in ("SIEM took the test (204", "SIEM did not take the test. It answers 500."):
        admin.post(f"{page}test/")
        assert says in admin.get(f"{page}change/").words
    admin.post(f"{page}replay/", index="0")
    assert row(acme, webhook).position == 0
    assert "use 0 to" in admin.post(f"{page}replay/", index=str(2**40)).words
    assert shown_on(admin.post(f"{page}rotation/", overlap_hours="24")) != webhook["secret"]
    assert "still signs" in admin.post(f"{page}rotation/", overlap_hours="24").words
    assert admin.get(f"{page}test/").status == 405


def test_a_paused_one_says_why_and_is_resumed_by_saving_it(acme: Cast, admin: Browser, webhook: dict[str, Any]) -> None:
    page = f"{LIST}{webhook['id']}/change/"
    put(acme, webhook, paused_at=timezone.now(), last_failure="It answers 503.", failures=12)
    assert "It was paused: It answers 503." in admin.get(page).words
    admin.post(page, url=webhook["url"], description="SIEM", is_enabled="on", _save="Save")
    found = row(acme, webhook)
    assert (found.state.value, found.failures) == ("active", 0)
    admin.post(page, url=webhook["url"], description="SIEM", _save="Save")
    assert row(acme, webhook).state.value == "disabled"
    admin.post(f"{LIST}{webhook['id']}/delete/", post="yes")
    assert rows("SELECT count(*) FROM webhook_endpoints", acme) == [(0,)]


def test_a_viewer_sees_none_of_it(acme: Cast, webhook: dict[str, Any]) -> None:
    vera = browser_of(acme, "vera")
    pages = [LIST, f"{LIST}add/", *(f"{LIST}{webhook['id']}/{act}/" for act in ("change", "rotation", "replay"))]
    assert {vera.get(page).status for page in pages} == {403}
    assert vera.post(f"{LIST}{webhook['id']}/test/").status == 403
