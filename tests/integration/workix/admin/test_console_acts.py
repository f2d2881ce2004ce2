"""What operators do in the console as on the command line: look inside, remove, try jobs again; never without a reason."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail

from accounts.tasks import send_removal_scheduled
from tenants.scope import use_tenant
from tests.acts import rows
from tests.browsers import Browser, browser_of
from tests.cast import OTTO, Cast
from workix.core.current import Current

pytestmark = pytest.mark.fault("F11")

ORGANIZATIONS, JOBS = "/admin/tenants/organization/", "/admin/procrastinate/procrastinatejob/"
ACTS = ("suspend", "restore", "remove", "keep", "inspect")


def of(cast: Cast) -> str:
    return f"{ORGANIZATIONS}{cast.organization.id}/"


def newest(cast: Cast) -> tuple[Any, ...]:
    columns = "action, reason, actor_type, actor_label, is_verified"
    return rows(f"SELECT {columns} FROM audit_logs ORDER BY created_at DESC LIMIT 1", cast)[0]  # noqa: S608  # ours


@pytest.mark.parametrize("reason", ["", "  ", "…", "\u200b", "a\u2028b", "x" * 501])
@pytest.mark.parametrize("act", ACTS)
def test_nothing_is_done_without_a_reason(acme: Cast, otto: Browser, act: str, reason: str) -> None:
    count = "SELECT count(*) FROM audit_logs"
    before = rows("SELECT status, removal_due_at FROM organizations WHERE slug = 'acme'"), rows(count, acme)
    answer = otto.post(f"{of(acme)}{act}/", reason=reason)
    page = otto.get(answer.goes_to) if answer.goes_to else answer
    assert "alice@acme.example" not in page.text
    assert (rows("SELECT status, removal_due_at FROM organizations WHERE slug = 'acme'"), rows(count, acme)) == before


def test_who_looks_inside_is_seen_there(acme: Cast, globex: Cast, otto: Browser) -> None:
    page = otto.get(of(acme) + "change/")
    assert f'href="/admin/audit/logentry/?resource_id={acme.organization.id}"' in page.text
    asked = otto.get(of(acme) + "inspect/")
    assert "An entry in that trail says that you looked." in asked.words
    assert "alice@acme.example" not in page.text + asked.text
    inside = otto.post(of(acme) + "inspect/", reason="Their admin called")
    assert inside.status == 200
    assert "alice@acme.example Alice Yes Yes" in inside.words
    assert "organization.inspected otto@workix.example" in inside.words
    assert "globex" not in inside.text
    assert newest(acme) == ("organization.inspected", "Their admin called", "operator", OTTO, True)
    trail = browser_of(acme, "alice").get("/admin/audit/logentry/?action=organization.inspected")
    assert OTTO in trail.words


def test_a_removal_is_scheduled_and_cancelled(acme: Cast, otto: Browser, run_jobs: Any) -> None:
    mail.outbox.clear()
    otto.post(of(acme) + "remove/", reason="They asked for it")
    page = otto.get(of(acme) + "change/")
    assert "The removal of Acme is scheduled." in page.words
    assert "and you here." in page.words
    assert newest(acme) == ("organization.removal_scheduled", "They asked for it", "operator", OTTO, True)
    run_jobs()
    assert [message.to for message in mail.outbox] == [["alice@acme.example"]]
    ((due,),) = rows("SELECT removal_due_at FROM organizations WHERE removal_due_at IS NOT NULL")
    assert f"{due.day} {due:%b %Y}" in otto.get(ORGANIZATIONS).words
    otto.post(of(acme) + "keep/", reason="They changed their mind")
    assert "Acme stays." in otto.get(of(acme) + "change/").words
    assert newest(acme)[:2] == ("organization.removal_cancelled", "They changed their mind")


def test_failed_jobs_are_tried_again_and_others_are_not(acme: Cast, otto: Browser) -> None:
    with use_tenant(acme.organization), Current.scoped(organization=acme.organization):
        for _ in range(2):
            send_removal_scheduled.enqueue(user_id=str(acme.people["alice"].id))
    waiting, failed = [number for (number,) in rows("SELECT id FROM procrastinate_jobs ORDER BY id")]
    rows("UPDATE procrastinate_jobs SET status = 'failed' WHERE id = %(id)s", id=failed)
    answer = otto.post(JOBS, action="retry", _selected_action=[waiting, failed])
    page = otto.get(answer.goes_to)
    assert f"Job {failed} will be tried again." in page.words
    assert f"Job {waiting} is todo: only one that has failed is tried again." in page.words
    assert rows("SELECT status::text FROM procrastinate_jobs") == [("todo",), ("todo",)]
    entry = rows("SELECT resource_id, actor_label FROM audit_logs WHERE action = 'job.retried'")
    assert entry == [(str(failed), OTTO)]


def test_nobody_of_an_organization_does_any_of_it(acme: Cast, globex: Cast) -> None:
    alice = browser_of(acme, "alice")
    for act in ACTS:
        assert alice.post(f"{of(globex)}{act}/", reason="x").status == 404
    assert rows("SELECT status, removal_due_at FROM organizations") == [("active", None)] * 2
