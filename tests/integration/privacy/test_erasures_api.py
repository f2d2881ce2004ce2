"""POST /privacy/erasures/: what will go is shown, it waits for days, can be called off, and shuts exports out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.roles.composition import create
from accounts.roles.membership import give
from privacy.erasures.erasing import erase
from privacy.erasures.tasks import erase_all_due
from privacy.exports.archive import write_archive
from tenants.scope import use_tenant
from tests.acts import at_once, rows
from tests.cast import Api, Cast
from tests.integration.privacy.erased import ERASURES, give_erasure
from tests.integration.privacy.exported import EXPORTS, ask, token_of
from workix.core.apps import permissions_of
from workix.core.permissions import Role

RunJobs = Callable[[], None]


def test_what_will_go_is_shown_first(acme: Cast, alice: Api, bob: Api) -> None:
    bobs = str(acme.people["bob"].id)
    shown = alice.get(f"{ERASURES}preview/?user={bobs}").body
    assert (shown["user"], shown["rows"]["users"], shown["rows"]["sessions"]) == (bobs, 1, 1)
    assert (shown["rows"]["audit_logs"] > 0, bob.get(f"{ERASURES}preview/").body) == (True, shown)


def test_it_waits_for_a_week_and_can_be_called_off(acme: Cast, bob: Api) -> None:
    asked = bob.post(ERASURES)
    where = asked.headers["Location"]
    assert (asked.status, bob.get(where).body["status"]) == (202, "scheduled")
    with use_tenant(acme.organization):
        erase_all_due(now=timezone.now() + timedelta(days=6, hours=23))
    assert bob.post(ERASURES).body["code"] == "erasure_scheduled"
    assert (bob.delete(where).status, bob.delete(where).status, bob.get(where).body["status"]) == (
        204,
        409,
        "cancelled",
    )
    assert bob.post(ERASURES).status == 202


def test_when_it_is_done_an_admin_has_the_certificate(acme: Cast, alice: Api, bob: Api) -> None:
    where = bob.post(ERASURES).headers["Location"]
    with use_tenant(acme.organization):
        erase_all_due(now=timezone.now() + timedelta(days=8))
    done = alice.get(where).body
    assert (done["status"], done["certificate"].startswith("workix.dev/erasures/")) == ("done", True)
    assert bob.get("me/").status == 401
    bobs = str(acme.people["bob"].id)
    assert alice.post(ERASURES, {"user": bobs}).body["code"] == "already_erased"


def test_no_export_begins_while_an_erasure_waits_and_one_that_is_there_goes_with_it(
    acme: Cast, alice: Api, bob: Api, run_jobs: RunJobs
) -> None:
    export = ask(bob, run_jobs)
    token_of(bob, export)
    assert bob.post(ERASURES).status == 202
    refused = [bob.post(EXPORTS), alice.post(EXPORTS, {"user": str(acme.people["bob"].id)})]
    assert [(each.status, each.body["code"]) for each in refused] == [(409, "erasure_scheduled")] * 2
    with use_tenant(acme.organization):
        erase_all_due(now=timezone.now() + timedelta(days=8))
    assert rows("SELECT count(*) FROM privacy_exports, privacy_export_parts", acme) == [(0,)]


def test_nobody_erases_another(acme: Cast, bob: Api, gina: Api) -> None:
    vera = {"user": str(acme.people["vera"].id)}
    assert (bob.post(ERASURES, vera).status, gina.post(ERASURES, vera).status) == (403, 404)
    where = bob.post(ERASURES).headers["Location"]
    assert (gina.get(where).status, gina.delete(where).status) == (404, 404)


def test_who_may_erase_erases_nobody_who_may_do_more(acme: Cast, vera: Api) -> None:
    with use_tenant(acme.organization):
        held = ["privacy:manage", *permissions_of(Role.USER)]
        give(create(name="Privacy", permissions=held).id, user_id=acme.people["vera"].id)
    asked = {name: vera.post(ERASURES, {"user": str(acme.people[name].id)}).status for name in ("alice", "bob")}
    assert asked == {"alice": 403, "bob": 202}


def test_it_takes_a_recent_log_in(acme: Cast, bob: Api) -> None:
    rows("UPDATE sessions SET authenticated_at = now() - interval '1 hour'", acme)
    assert bob.post(ERASURES).body["code"] == "reauthentication_required"


@pytest.mark.parametrize("query", ["user=x", "user=%00", "who=1", "user="])
def test_a_query_that_says_nothing_is_refused(alice: Api, query: str) -> None:
    assert alice.get(f"{ERASURES}preview/?{query}").status == 400


def test_a_certificate_is_out_of_reach_of_the_organization(acme: Cast, bob: Api) -> None:
    bob.post(ERASURES)
    privileges = (
        "SELECT column_name::text FROM information_schema.column_privileges WHERE grantee = %(role)s"
        " AND table_name = 'erasures' AND privilege_type = 'UPDATE' ORDER BY 1"
    )
    assert rows(privileges, role=acme.organization.schema_name) == [("status",), ("updated_at",)]


def test_the_person_and_the_admins_are_told_and_can_call_it_off(acme: Cast, bob: Api, run_jobs: RunJobs) -> None:
    where = bob.post(ERASURES).headers["Location"]
    run_jobs()
    sent = {each.to[0]: (each.subject, "/admin/my-data/" in each.body) for each in mail.outbox}
    assert sent == {
        "bob@acme.example": ("Your data will be erased", True),
        "alice@acme.example": ("A person of your organization will be erased", False),
    }
    assert "bob@" not in mail.outbox[0].body + mail.outbox[1].body
    assert bob.delete(where).status == 204
    bob.post(ERASURES)
    rows("UPDATE erasures SET status = 'cancelled'", acme)
    run_jobs()
    assert len(mail.outbox) == 2


def test_two_who_erase_at_once_do_it_once(acme: Cast) -> None:
    erasure = UUID(give_erasure(acme))
    now = timezone.now() + timedelta(days=8)

    def work(_number: int) -> str:
        with use_tenant(acme.organization):
            return str(erase(erasure, now=now).status)

    assert at_once(work, 2) == ["done", "done"]
    assert rows("SELECT count(*) FROM audit_logs WHERE action = 'user.erased'", acme) == [(1,)]


def test_no_archive_is_kept_of_somebody_who_is_erased_while_it_is_built(
    acme: Cast, bob: Api, run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    def written(*arguments: Any, **more: Any) -> None:
        write_archive(*arguments, **more)
        at_once(lambda _: erase_bob(), 1)

    def erase_bob() -> None:
        erasure = UUID(give_erasure(acme))
        with use_tenant(acme.organization):
            erase(erasure, now=timezone.now())

    monkeypatch.setattr("privacy.exports.building.write_archive", written)
    assert bob.post(EXPORTS).status == 202
    run_jobs()
    assert rows("SELECT status FROM erasures", acme) == [("done",)]
    kept = "SELECT (SELECT count(*) FROM privacy_exports), (SELECT count(*) FROM privacy_export_parts)"
    assert rows(kept, acme) == [(0, 0)]


def test_under_a_legal_hold_nobody_is_erased_until_it_is_lifted(acme: Cast, alice: Api, bob: Api) -> None:
    def status() -> str:
        with use_tenant(acme.organization):
            erase_all_due(now=timezone.now() + timedelta(days=8))
        return str(alice.get(where).body["status"])

    where = bob.post(ERASURES).headers["Location"]
    assert alice.patch("organization/policies/", {"legal_hold": True}).status == 200
    assert status() == "scheduled"
    with pytest.raises(CommandError, match="under a legal hold"):
        call_command("erase_person", "acme", "bob@acme.example", "--reason", "They insist", "--at-once")
    assert rows("SELECT count(*) FROM users WHERE email = 'bob@acme.example' AND deleted_at IS NULL", acme) == [(1,)]
    assert alice.patch("organization/policies/", {"legal_hold": False}).status == 200
    assert status() == "done"
