"""Controls of monitoring (compliance): log-ins and what was refused, counted from the audit trail of the period."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db.models import Count, Max, QuerySet

from audit.models import LogEntry
from privacy.compliance.control import MOST_ROWS, Finding, ReportScope, Status, Table, control, counted, met_if, table

AREA = "Monitoring"

STARTED = ("session.started", "session.signed_on", "session.switched")
FAILED = ("session.refused", "second_factor.refused")
LOCKED = ("session.locked_out", "second_factor.locked_out")
STOLEN = ("session.refresh_reused",)
REFUSED = ("access.refused",)
#: Nobody comes here by a page or the API: somebody tried past them, or has what nobody was given.
ALARMS = ("database.refused", "tripwire.touched", "api_key.leak_reported")


@control(
    "monitoring.log_ins",
    "Log-ins, and guesses that were stopped",
    area=AREA,
    gdpr=["32(1)(b)"],
    soc2=["CC6.1", "CC7.2"],
    asvs=["6.3.1", "16.3.1"],
)
def log_ins(scope: ReportScope) -> Finding:
    """How often people logged in, were refused and were locked out."""
    found = _by_action(scope, (*STARTED, *FAILED, *LOCKED, *STOLEN))
    counts = dict(found)
    facts = {
        "log_ins": _sum(counts, STARTED),
        "refused": _sum(counts, FAILED),
        "locked_out": _sum(counts, LOCKED),
        "reused_tokens": _sum(counts, STOLEN),
        "locked_after_failures": settings.WORKIX.lockout_failures,
        "locked_for_minutes": settings.WORKIX.lockout_minutes,
    }
    if not facts["log_ins"] + facts["refused"]:
        return Finding(Status.NOT_CHECKED, "Nobody tried to log in in this time.", facts)
    sentence = (
        f"{counted(facts['log_ins'], 'log-in', 'log-ins')}, {facts['refused']:,} refused, {facts['locked_out']:,} locked out; "
        f"{counted(facts['reused_tokens'], 'spent token was', 'spent tokens were')} tried again, which ended the session."
    )
    return Finding(Status.MET, sentence, facts, _acts(found))


@control(
    "monitoring.refusals",
    "What was refused to people and keys",
    area=AREA,
    gdpr=["32(1)(b)"],
    soc2=["CC6.3", "CC7.2"],
    asvs=["8.2.1", "16.3.2"],
)
def refusals(scope: ReportScope) -> Finding:
    """Each permission that somebody lacked, and how often: the refusals themselves are the control at work."""
    refused = _entries(scope, REFUSED)
    total, kinds = refused.count(), refused.values("resource_id").distinct().count()
    rows: Any = refused.values("resource_id").annotate(times=Count("pk"), last=Max("created_at"))
    listed = rows.order_by("-times", "resource_id").values_list("resource_id", "times", "last")
    evidence = table(("permission, or code", "times", "last"), listed[:MOST_ROWS], total=kinds)
    sentence = f"{counted(total, 'request was', 'requests were')} refused, and each is in the trail."
    return Finding(Status.MET, sentence, {"refused": total}, evidence)


@control(
    "monitoring.alarms",
    "No sign of an intrusion",
    area=AREA,
    gdpr=["32(1)(b)", "33(1)"],
    soc2=["CC7.2", "CC7.3"],
    asvs=["16.3.2", "16.3.3"],
)
def alarms(scope: ReportScope) -> Finding:
    """What only somebody sets off who is where nobody should be: statements the database refused, decoys, leaked keys."""
    found = _by_action(scope, ALARMS)
    total = sum(times for _, times in found)
    sentence = (
        f"{counted(total, 'alarm', 'alarms')} in this time: find out who that was, and what they had."
        if total
        else "No decoy was touched, no statement went past what a role may do, and no leaked key was reported."
    )
    return Finding(met_if(total == 0), sentence, {"alarms": total}, _acts(found))


def _entries(scope: ReportScope, actions: Sequence[str]) -> QuerySet[LogEntry]:
    of_the_time = {"created_at__gte": scope.begin, "created_at__lt": scope.end}
    return LogEntry.objects.filter(action__in=actions, **of_the_time).order_by()


def _by_action(scope: ReportScope, actions: Sequence[str]) -> list[tuple[str, int]]:
    return list(_entries(scope, actions).values_list("action").annotate(times=Count("pk")).order_by("action"))


def _sum(counts: dict[str, int], actions: Sequence[str]) -> int:
    return sum(counts.get(action, 0) for action in actions)


def _acts(found: list[tuple[str, int]]) -> Table:
    return table(("act", "times"), found, total=len(found))
