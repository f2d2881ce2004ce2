"""Controls of data protection (compliance): erasures and exports that were asked for, and retention."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Max, Min, Q

from accounts.models.security_policy import find_policy
from audit.models import LogEntry, Pruning
from audit.transparency.offline_verifier import Broken
from privacy.compliance.control import (
    MOST_ROWS,
    Finding,
    ReportScope,
    Status,
    control,
    counted,
    days_before,
    met_if,
    table,
)
from privacy.erasures.certificate import read_certificate
from privacy.models import OPEN_ERASURES, Erasure, ErasureStatus
from tenants.jobs.sweeping import retentions
from workix.core.apps import tenant_models

AREA = "Data protection"
#: What is due is done by a nightly job: what waits for longer is late.
LATE = timedelta(days=2)


@control(
    "data.erasures",
    "Erasures are done, and certified",
    area=AREA,
    gdpr=["12(3)", "17"],
    soc2=["C1.2", "P4.3"],
    asvs=["14.2.7"],
)
def erasures(scope: ReportScope) -> Finding:
    """None that is due waits, and the certificate of each that was done in the period is signed."""
    late = Q(status__in=OPEN_ERASURES, due_at__lt=scope.now - LATE)
    done = Q(status=ErasureStatus.DONE, erased_at__gte=scope.begin, erased_at__lt=scope.end)
    counts = Erasure.objects.aggregate(
        done=Count("pk", filter=done),
        late=Count("pk", filter=late),
        waiting=Count("pk", filter=Q(status__in=OPEN_ERASURES)),
    )
    newest = list(Erasure.objects.filter(done).order_by("-erased_at", "-id")[:MOST_ROWS])
    broken = sum(not _is_certified(erasure, scope) for erasure in newest)
    sentence = (
        f"{counts['done']:,} done, {counts['waiting']:,} waiting; {counts['late']:,} late, "
        f"{broken:,} without a valid certificate."
    )
    rows = table(
        ("erasure", "asked for", "done"), [(e.id, e.created_at, e.erased_at) for e in newest], total=counts["done"]
    )
    return Finding(met_if(counts["late"] + broken == 0), sentence, {**counts, "not_certified": broken}, rows)


@control(
    "data.exports",
    "People get their data",
    area=AREA,
    gdpr=["12(3)", "15", "20"],
    soc2=["P5.1"],
    asvs=["14.2.4"],
)
def exports(scope: ReportScope) -> Finding:
    """Exports of a person that were asked for, and taken: from the trail, since an archive is gone after a week."""
    of_the_time = Q(created_at__gte=scope.begin, created_at__lt=scope.end)
    counts = LogEntry.objects.filter(of_the_time, action__in=("privacy_export.created", "user.exported")).aggregate(
        asked_for=Count("pk", filter=Q(action="privacy_export.created")),
        taken=Count("pk", filter=Q(action="user.exported")),
    )
    sentence = f"{counted(counts['asked_for'], 'export was', 'exports were')} asked for, {counts['taken']:,} taken."
    return Finding(Status.MET, sentence, counts)


@control(
    "data.retention",
    "Nothing is kept for longer than decided",
    area=AREA,
    gdpr=["5(1)(c)", "5(1)(e)"],
    soc2=["C1.2", "P4.2"],
    asvs=["14.2.7"],
)
def retention(scope: ReportScope) -> Finding:
    """The trail is as old as the policy lets it be; rows of other tables go by themselves, each kind after its days."""
    policy, oldest = find_policy(), LogEntry.objects.aggregate(oldest=Min("created_at"))["oldest"]
    days = policy.audit_retention_days
    kept = None if days is None or policy.legal_hold else max(days, settings.WORKIX.audit_retention_floor_days)
    facts = {
        "kept_days": kept,
        "legal_hold": policy.legal_hold,
        "oldest_entry": oldest and f"{oldest:%Y-%m-%d}",
        "prunings": Pruning.objects.filter(created_at__gte=scope.begin, created_at__lt=scope.end).count(),
        "last_pruning": Pruning.objects.aggregate(last=Max("created_at"))["last"],
    }
    facts["last_pruning"] = facts["last_pruning"] and f"{facts['last_pruning']:%Y-%m-%d}"
    swept = [(m._meta.db_table, f"{r.kept.days} days after {r.moment}") for m, r in _swept()]
    rows = table(("table", "rows go"), swept, total=len(swept))
    if kept is None:
        why = "a legal hold keeps it" if policy.legal_hold else "nobody decided how long"
        return Finding(met_if(policy.legal_hold), f"The trail is kept for ever: {why}.", facts, rows)
    late = oldest is not None and oldest < days_before(scope.now, kept) - LATE
    sentence = f"The trail is kept for {kept:,} days, and its oldest entry is {'older' if late else 'no older'}."
    return Finding(met_if(not late), sentence, facts, rows)


def _swept() -> list[tuple[Any, Any]]:
    kept = retentions()
    found = [(model, kept[model]) for model in tenant_models() if model in kept]
    return sorted(found, key=lambda each: each[0]._meta.db_table)


def _is_certified(erasure: Erasure, scope: ReportScope) -> bool:
    try:
        said = read_certificate(erasure.certificate, scope.organization.id)
        return bool(said["erasure"] == str(erasure.id))
    except (Broken, ValueError, KeyError, IndexError):
        return False
