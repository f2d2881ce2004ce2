"""POST /compliance-reports/: an admin's evidence pack, signed, by a link that expires; and who gets none."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import timedelta
from zipfile import ZipFile

import pytest
from django.utils import timezone

from audit.transparency.signing import public_keys, verifier_keys
from privacy.compliance.control import CONTROLS
from privacy.compliance.report_verifier import Forged, read_key, verify
from tests.acts import rows
from tests.cast import Api, Cast
from tests.integration.privacy.reported import REPORT_TOKEN, REPORTS, ask, give_report, page_of, take, verified
from tests.integration.tenants.trail.sequenced import sequence_all

RunJobs = Callable[[], None]
NOW = timezone.now()
FUTURE, LONG_AGO = (NOW + timedelta(days=1)).isoformat(), (NOW - timedelta(days=400)).isoformat()


@pytest.mark.requirement("S88")
def test_an_admin_has_a_report_that_anybody_can_verify(acme: Cast, globex: Cast, alice: Api, run_jobs: RunJobs) -> None:
    assert alice.post("roles/", {"name": "<script>alert(1)</script>", "permissions": ["audit:read"]}).status == 201
    sequence_all()
    archive = take(alice, ask(alice, run_jobs))
    assert (archive.status, archive.headers["Content-Type"], archive.headers["Cache-Control"]) == (
        *(200, "application/zip"),
        "no-store",
    )
    report = verified(acme, archive.body)
    assert [line["name"] for line in report["controls"]] == list(CONTROLS)
    found = {line["name"]: line for line in report["controls"]}
    people = {row[0]: row[1] for row in found["access.people"]["table"]["rows"]}
    assert people == {"alice@acme.example": "admin", "bob@acme.example": "user", "vera@acme.example": "viewer"}
    met = {name for name, line in found.items() if line["status"] == "met"}
    assert {"isolation.schema", "isolation.elsewhere", "isolation.shared", "isolation.roles", "trail.verified"} <= met
    assert "The check itself failed" not in str(report)
    assert "globex" not in archive.body.decode(errors="ignore") + json.dumps(report)
    page = page_of(archive.body)
    assert ("&lt;script&gt;alert(1)" in page, "<script" in page, " style=" in page) == (True, False, False)


def test_a_pack_that_was_altered_is_refused(acme: Cast, globex: Cast, alice: Api, run_jobs: RunJobs) -> None:
    archive = take(alice, ask(alice, run_jobs)).body
    files = ZipFile(io.BytesIO(archive))
    content = {name: files.read(name) for name in files.namelist()}
    altered = [
        content | {"report.json": content["report.json"].replace(b'"not met"', b'"met"', 1)},
        content | {"report.html": content["report.html"].replace(b"not met", b"met", 1)},
        content | {"report.sig": content["report.sig"].replace(b"sha256 report.html", b"sha256 report.htm")},
        content | {"more.html": b""},
    ]
    for each in altered:
        with pytest.raises(Forged):
            verified(acme, _zipped(each))
    with pytest.raises(Forged, match="not of this organization"):
        verified(globex, archive)
    with pytest.raises(Forged, match="not signed with this key"):
        verify(io.BytesIO(archive), str(acme.organization.id), [bytes(32)])
    (key,) = verifier_keys(acme.organization.id)
    assert read_key(key) == (str(acme.organization.id), public_keys()[0])


def test_a_viewer_a_user_and_another_organization_get_none(acme: Cast, bob: Api, vera: Api, gina: Api) -> None:
    report = give_report(acme)
    calls = [
        ("GET", ""),
        ("POST", ""),
        ("GET", f"{report}/"),
        ("POST", f"{report}/link/"),
        ("POST", f"{report}/archive/"),
    ]
    asked = [[api.call(method, f"{REPORTS}{path}").status for method, path in calls] for api in (bob, vera)]
    assert asked == [[403] * 5] * 2
    foreign = [gina.get(f"{REPORTS}{report}/"), gina.post(f"{REPORTS}{report}/link/"), take(gina, report, REPORT_TOKEN)]
    assert [each.status for each in foreign] == [404] * 3
    assert gina.get(REPORTS).body["results"] == []


def test_a_link_is_good_until_its_time_and_until_the_next_one(acme: Cast, alice: Api) -> None:
    report = give_report(acme)
    assert [take(alice, report, token).status for token in ("x", REPORT_TOKEN)] == [404, 200]
    second = alice.post(f"{REPORTS}{report}/link/").body["token"]
    assert [take(alice, report, token).status for token in (REPORT_TOKEN, second)] == [404, 200]
    taken = "SELECT count(*) FROM audit_logs WHERE action = 'compliance_report.taken' AND actor_label = 'alice@acme.example'"
    assert rows(taken, acme) == [(2,)]
    rows("UPDATE compliance_reports SET link_expires_at = now()", acme)
    assert take(alice, report, second).status == 404
    rows("UPDATE compliance_reports SET expires_at = now()", acme)
    assert alice.get(f"{REPORTS}{report}/").status == 404


def test_it_takes_a_recent_log_in(acme: Cast, alice: Api) -> None:
    report = give_report(acme)
    rows("UPDATE sessions SET authenticated_at = now() - interval '1 hour'", acme)
    asked = [alice.post(REPORTS), alice.post(f"{REPORTS}{report}/link/"), take(alice, report, REPORT_TOKEN)]
    assert [(each.status, each.body["code"]) for each in asked] == [(403, "reauthentication_required")] * 3


def test_two_at_once_are_one_unless_the_first_was_lost(acme: Cast, alice: Api) -> None:
    first, second = alice.post(REPORTS), alice.post(REPORTS)
    assert (first.status, second.status, second.body["code"]) == (202, 409, "report_pending")
    assert alice.post(f"{REPORTS}{first.body['id']}/link/").body["code"] == "report_not_ready"
    rows("UPDATE compliance_reports SET created_at = now() - interval '2 hours'", acme)
    assert alice.post(REPORTS).status == 202
    (found,) = alice.get(REPORTS).body["results"]
    assert (found["status"], found["requested_by"]) == ("pending", str(acme.people["alice"].id))


def test_a_time_that_is_none_is_refused(alice: Api) -> None:
    times = [
        {"from": FUTURE},
        {"to": FUTURE},
        {"to": "0416-02-15T00:10:04.6Z"},
        {"from": LONG_AGO},
        {"from": "x"},
        {"to": 1},
        {"from": None},
        {"since": "x"},
        [],
    ]
    assert [alice.post(REPORTS, body).status for body in times] == [400] * len(times)
    backwards = {"from": NOW.isoformat(), "to": (NOW - timedelta(days=1)).isoformat()}
    assert alice.post(REPORTS, backwards).body["errors"][0]["field"] == "from"


def _zipped(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()
