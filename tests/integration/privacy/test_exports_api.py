"""POST /privacy/exports/: a person's data as an archive, for them or an admin, by a link that expires; and who gets none."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.utils import timezone

from privacy.archive_links import LIFETIME
from privacy.exports.exporting import KEPT
from tests.acts import rows
from tests.cast import Api, Cast
from tests.integration.privacy.exported import EXPORTS, archive_of, ask, rows_in, take, token_of

RunJobs = Callable[[], None]


@pytest.mark.requirement("S86")
def test_everybody_gets_their_own_data_with_no_secret_in_it(acme: Cast, bob: Api, run_jobs: RunJobs) -> None:
    archive = archive_of(bob, run_jobs)
    (person,) = rows_in(archive, "users")
    (session,) = rows_in(archive, "sessions")
    me = {"id": str(acme.people["bob"].id), "email": "bob@acme.example", "first_name": "Bob"}
    assert {name: person[name] for name in me} == me
    assert (session["user_id"], "refresh_hash" in session, "password_hash" in person) == (me["id"], False, False)
    assert "bob@acme.example" in archive.read("index.html").decode()
    assert {name for name in archive.namelist() if name.endswith("audit_logs.json")} == {"json/audit_logs.json"}


def test_what_others_did_is_in_it_without_who_they_are(acme: Cast, alice: Api, bob: Api, run_jobs: RunJobs) -> None:
    bobs = acme.people["bob"].id
    assert alice.patch(f"users/{bobs}/", {"last_name": "Builder"}).status == 200
    entries = rows_in(archive_of(bob, run_jobs), "audit_logs")
    told = [(each["action"], each["actor"], each["changes"]) for each in entries if "last_name" in each["changes"]]
    assert ("user.updated", None, {"last_name": ["", "Builder"]}) in told
    assert "alice" not in str(entries)


def test_a_cell_that_would_be_a_formula_is_none(bob: Api, run_jobs: RunJobs) -> None:
    assert bob.patch("me/", {"first_name": '=HYPERLINK("http://evil.example")'}).status == 200
    archive = archive_of(bob, run_jobs)
    ((person),) = csv.DictReader(io.StringIO(archive.read("csv/users.csv").decode(), newline=""))
    assert person["first_name"] == '\'=HYPERLINK("http://evil.example")'
    assert "<script" not in archive.read("index.html").decode()


def test_an_admin_exports_anybody_and_nobody_else_does(acme: Cast, alice: Api, bob: Api, run_jobs: RunJobs) -> None:
    vera = str(acme.people["vera"].id)
    assert bob.post(EXPORTS, {"user": vera}).status == 403
    export = ask(alice, run_jobs, user=vera)
    assert alice.get(f"{EXPORTS}{export}/").body["user"] == vera
    assert bob.get(f"{EXPORTS}{export}/").status == 404
    assert alice.delete(f"users/{vera}/").status == 204
    (person,) = rows_in(archive_of(alice, run_jobs, user=vera), "users")
    assert (person["email"], person["deleted_at"] is None) == ("vera@acme.example", False)


def test_nobody_of_another_organization_reaches_it(acme: Cast, bob: Api, gina: Api, run_jobs: RunJobs) -> None:
    export = ask(bob, run_jobs)
    token = token_of(bob, export)
    found = [gina.get(f"{EXPORTS}{export}/"), gina.post(f"{EXPORTS}{export}/link/"), take(gina, export, token)]
    found.append(gina.post(EXPORTS, {"user": str(acme.people["bob"].id)}))
    assert [each.status for each in found] == [404, 404, 404, 404]


def test_a_link_is_good_for_an_hour_and_until_the_next_one(acme: Cast, bob: Api, run_jobs: RunJobs) -> None:
    export = ask(bob, run_jobs)
    first = token_of(bob, export)
    second = token_of(bob, export)
    later = timezone.now() + LIFETIME
    assert [take(bob, export, each).status for each in (first, "x", "", second)] == [404, 404, 400, 200]
    assert rows("SELECT link_hash FROM privacy_exports WHERE link_hash ILIKE %(it)s", acme, it=f"%{second}%") == []
    rows("UPDATE sessions SET authenticated_at = %(later)s", acme, later=later)
    rows("UPDATE privacy_exports SET link_expires_at = now()", acme)
    assert take(bob, export, second).status == 404


def test_an_archive_that_is_over_is_gone(acme: Cast, bob: Api, run_jobs: RunJobs) -> None:
    export = ask(bob, run_jobs)
    assert rows("SELECT expires_at - created_at < %(kept)s FROM privacy_exports", acme, kept=KEPT) == [(True,)]
    rows("UPDATE privacy_exports SET expires_at = now()", acme)
    assert bob.get(f"{EXPORTS}{export}/").status == 404


def test_it_takes_a_recent_log_in(acme: Cast, bob: Api, run_jobs: RunJobs) -> None:
    export = ask(bob, run_jobs)
    token = token_of(bob, export)
    rows("UPDATE sessions SET authenticated_at = now() - interval '1 hour'", acme)
    asked = [bob.post(EXPORTS), bob.post(f"{EXPORTS}{export}/link/"), take(bob, export, token)]
    assert [(each.status, each.body["code"]) for each in asked] == [(403, "reauthentication_required")] * 3


def test_two_at_once_are_one(bob: Api, run_jobs: RunJobs) -> None:
    first, second = bob.post(EXPORTS), bob.post(EXPORTS)
    assert (first.status, second.status, second.body["code"]) == (202, 409, "export_pending")
    assert bob.post(f"{EXPORTS}{first.body['id']}/link/").body["code"] == "export_not_ready"
    run_jobs()
    assert bob.post(EXPORTS).status == 202


def test_taking_it_is_an_entry(acme: Cast, bob: Api, run_jobs: RunJobs) -> None:
    archive_of(bob, run_jobs)
    found = rows("SELECT actor_label, resource_id FROM audit_logs WHERE action = 'user.exported'", acme)
    assert found == [("bob@acme.example", str(acme.people["bob"].id))]


@pytest.mark.parametrize("body", [{"user": "x"}, {"user": 1}, {"user": None}, {"whom": str(uuid4())}, []])
def test_a_body_that_says_nothing_is_refused(alice: Api, body: object) -> None:
    assert alice.post(EXPORTS, body).status == 400
