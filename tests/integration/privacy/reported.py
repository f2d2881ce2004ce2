"""What tests of compliance reports do: ask, have the job build, make a link, take the archive and verify it."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from zipfile import ZipFile

from django.utils import timezone

from audit.transparency.signing import public_keys
from privacy.compliance.control import CONTROLS, Finding, ReportScope
from privacy.compliance.report_verifier import verify
from privacy.models import ComplianceReport
from tenants.scope import use_tenant
from tests.cast import Answer, Api, Cast
from workix.config.keyed_hash import keyed_hash

REPORTS = "compliance-reports/"
REPORT_TOKEN = "of its link"


def ask(api: Api, run_jobs: Callable[[], None], **body: object) -> str:
    asked = api.post(REPORTS, body)
    assert (asked.status, asked.headers["Location"]) == (202, f"/api/v1/{REPORTS}{asked.body['id']}/")
    run_jobs()
    return str(asked.body["id"])


def take(api: Api, report: str, token: str | None = None) -> Answer:
    """Take a report by a link that is made for it, unless one is named."""
    if token is None:
        made = api.post(f"{REPORTS}{report}/link/")
        assert made.status == 201, made.body
        token = str(made.body["token"])
    return api.post(f"{REPORTS}{report}/archive/", {"token": token})


def verified(cast: Cast, archive: bytes) -> dict[str, Any]:
    """Return a report that is as it was signed."""
    return verify(io.BytesIO(archive), str(cast.organization.id), public_keys())


def page_of(archive: bytes) -> str:
    return ZipFile(io.BytesIO(archive)).read("report.html").decode()


def statuses(cast: Cast, *names: str) -> dict[str, str]:
    return {name: finding.status.value for name, finding in findings(cast, *names).items()}


def findings(cast: Cast, *names: str) -> dict[str, Finding]:
    """Ask some controls, as the job would: all of an area, or one."""
    now = timezone.now()
    scope = ReportScope(cast.organization, now - timedelta(days=90), now, now)
    with use_tenant(cast.organization):
        return {
            name: control.check(scope)
            for name, control in CONTROLS.items()
            if name in names or name.partition(".")[0] in names
        }


def give_report(cast: Cast) -> str:
    """Let there be a report, which REPORT_TOKEN is the link of."""
    now = timezone.now()
    soon = now + timedelta(hours=1)
    kept = {"status": "ready", "size": 1, "content": b"x", "link_hash": keyed_hash("compliance-report", REPORT_TOKEN)}
    with use_tenant(cast.organization):
        report = ComplianceReport.objects.create(
            begins_at=now - timedelta(days=1), ends_at=now, link_expires_at=soon, expires_at=soon, **kept
        )
    return str(report.id)
