"""Compliance report as data: asks every control, and writes what they found as canonical JSON (RFC 8785)."""

from __future__ import annotations

import json
import logging
from collections import Counter
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from audit.transparency.signing import verifier_keys
from privacy.compliance.control import CONTROLS, Control, Finding, ReportScope, Status

logger = logging.getLogger("workix.compliance")

FORMAT, VERSION = "workix-compliance-report", 1
_FAILED = "The check itself failed, so nothing is known; the platform's operators find it in the log."


def report_on(scope: ReportScope, *, asked_for_by: str) -> dict[str, Any]:
    """Ask every control about the organization in scope, and return the report."""
    lines = [_line(control, _ask(control, scope)) for control in CONTROLS.values()]
    found = Counter(line["status"] for line in lines)
    organization = scope.organization
    return {
        "format": FORMAT,
        "version": VERSION,
        "organization": {name: str(getattr(organization, name)) for name in ("id", "slug", "name", "plan")},
        "platform": settings.WORKIX.public_url,
        "period": {"from": _moment(scope.begin), "to": _moment(scope.end)},
        "made_at": _moment(scope.now),
        "asked_for_by": asked_for_by,
        "summary": {status.value: found[status.value] for status in Status},
        "controls": lines,
        "verifier_keys": verifier_keys(organization.id),
    }


def as_canonical_json(report: dict[str, Any]) -> bytes:
    """Write a report of texts, whole numbers, booleans and nulls the one way RFC 8785 has for it; its names are ASCII."""
    return json.dumps(report, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False).encode()


def _ask(control: Control, scope: ReportScope) -> Finding:
    """Ask one control; of one that fails nothing is known, and the others are asked all the same."""
    try:
        with transaction.atomic():
            return control.check(scope)
    except Exception:
        logger.exception("compliance.control_failed", extra={"control": control.name})
        return Finding(Status.NOT_CHECKED, _FAILED)


def _line(control: Control, finding: Finding) -> dict[str, Any]:
    table = finding.table
    return {
        "name": control.name,
        "title": control.title,
        "area": control.area,
        "status": finding.status.value,
        "sentence": finding.sentence,
        "facts": dict(finding.facts),
        "table": table and {"columns": table.columns, "rows": table.rows, "total": table.total},
        "references": {"gdpr": control.gdpr, "soc2": control.soc2, "asvs": control.asvs},
    }


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
