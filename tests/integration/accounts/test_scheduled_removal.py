"""A scheduled removal of an organization is seen by everyone it concerns: mail, dashboard, console."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.core import mail

from tenants.resolution import forget_all
from tests.acts import join, rows
from tests.browsers import Browser, browser_of
from tests.cast import PASSWORD, Api, Cast
from workix.core.permissions import Role

pytestmark = pytest.mark.fault("D7")


def schedule(alice: Api) -> datetime:
    answer = alice.post("organization/deletion/", {"password": PASSWORD})
    assert answer.status == 202
    return datetime.fromisoformat(answer.body["removal_due_at"])


def day(due: datetime) -> str:
    return f"{due.day} {due:%B %Y}"


def test_every_admin_is_told_by_mail_with_the_day_and_how_to_cancel(
    acme: Cast, alice: Api, run_jobs: Callable[[], None]
) -> None:
    join(acme, "ada@acme.example", Role.ADMIN)
    run_jobs()
    mail.outbox = []
    due = schedule(alice)
    schedule(alice)
    run_jobs()
    assert sorted(each.to[0] for each in mail.outbox) == ["ada@acme.example", "alice@acme.example"]
    assert {each.subject for each in mail.outbox} == {"Your organization will be removed"}
    body = str(mail.outbox[0].body)
    assert (day(due) in body, "cancel the removal" in body, "://acme.localhost" in body) == (True, True, True)


@pytest.mark.parametrize("state", ["is_active = false", "email_confirmed_at = NULL", "role = 'viewer'"])
def test_who_is_no_admin_any_more_or_proved_no_address_is_not_written_to(
    acme: Cast, alice: Api, run_jobs: Callable[[], None], state: str
) -> None:
    join(acme, "ada@acme.example", Role.ADMIN)
    rows(f"UPDATE users SET {state} WHERE email = 'ada@acme.example'", acme)  # noqa: S608
    run_jobs()
    mail.outbox = []
    schedule(alice)
    run_jobs()
    assert [each.to[0] for each in mail.outbox] == ["alice@acme.example"]


def test_what_was_cancelled_before_the_mail_went_is_not_told(
    acme: Cast, alice: Api, run_jobs: Callable[[], None]
) -> None:
    run_jobs()
    mail.outbox = []
    schedule(alice)
    assert alice.delete("organization/deletion/").status == 204
    run_jobs()
    assert mail.outbox == []


def test_asking_in_vain_tells_nobody(acme: Cast, alice: Api, run_jobs: Callable[[], None]) -> None:
    run_jobs()
    mail.outbox = []
    assert alice.post("organization/deletion/", {"password": "not it at all"}).status == 400
    run_jobs()
    assert mail.outbox == []


def test_everybody_in_the_dashboard_reads_the_day_on_every_page(acme: Cast, globex: Cast, alice: Api) -> None:
    boss, vera = browser_of(acme, "alice"), browser_of(acme, "vera")
    pages = ("/admin/", "/admin/accounts/user/", "/admin/accounts/session/", "/admin/password_change/")
    assert [path for path in pages if "will be removed" in vera.get(path).words] == []
    due = schedule(alice)
    for path in pages:
        for browser in (boss, vera):
            words = browser.get(path).words
            assert f"This organization will be removed on {day(due)}" in words, path
            assert ("Cancel the removal" in words) is (browser is boss)
    assert "will be removed" not in browser_of(globex, "gina").get("/admin/").words
    assert "will be removed" not in Browser(acme.host).get("/admin/login/").words


def test_an_admin_cancels_it_there(acme: Cast, alice: Api) -> None:
    boss, vera = browser_of(acme, "alice"), browser_of(acme, "vera")
    schedule(alice)
    assert vera.post("/admin/cancel-removal/").status == 403
    assert boss.get("/admin/cancel-removal/").goes_to == "/admin/"
    assert "will be removed" in boss.get("/admin/").words
    assert boss.post("/admin/cancel-removal/").goes_to == "/admin/"
    words = boss.get("/admin/").words
    assert ("The organization stays." in words, "will be removed" in words) == (True, False)
    assert boss.post("/admin/cancel-removal/").goes_to == "/admin/"
    assert "is not scheduled" in boss.get("/admin/").words
    assert rows("SELECT removal_due_at FROM organizations WHERE slug = 'acme'") == [(None,)]
    assert Browser(acme.host).post("/admin/cancel-removal/").status in (302, 403)


def test_operators_read_it_in_the_console(acme: Cast, alice: Api, otto: Browser) -> None:
    page = f"/admin/tenants/organization/{acme.organization.id}/change/"
    assert "cancel that in their dashboard" not in otto.get(page).words
    due = schedule(alice)
    forget_all()
    words = otto.get(page).words
    assert (f"{due:%d %b %Y, %H:%M}" in words, "cancel that in their dashboard" in words) == (True, True)
    assert f"{due:%d %b %Y}" in otto.get("/admin/tenants/organization/").words
