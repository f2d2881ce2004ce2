"""What the home pages of dashboard and console (Django admin) show of organizations and jobs."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import HttpRequest
from procrastinate.contrib.django.models import ProcrastinateJob

from tenants.current_organization import own_organization
from tenants.isolation.evidence.models import IsolationProof
from tenants.models import Organization, Status
from workix.admin.sites import NEWEST, console, dashboard
from workix.core.permissions import holds


@dashboard.panel
def the_organization(request: HttpRequest) -> dict[str, Any]:
    """Say whose dashboard this is."""
    return {
        "organization": own_organization(),
        "may_decide": holds(request.user, "policies:write"),
    }


@console.panel
def organizations_and_jobs(request: HttpRequest) -> dict[str, Any]:
    """Count organizations and jobs, show who came last, and how the last proof of isolation ended."""
    proofs = IsolationProof.objects.filter(is_cleared=False).values_list("attacker_id", "attacked_id")
    thrown_away = [identity for opened in proofs for identity in opened]  # nobody's
    there = Organization.objects.filter(deleted_at__isnull=True).exclude(id__in=thrown_away)
    counted = dict(there.order_by().values_list("status").annotate(Count("id")))
    jobs = dict(ProcrastinateJob.objects.order_by().values_list("status").annotate(Count("id")))
    return {
        "statuses": [(status, counted.get(status, 0)) for status in Status],
        "newest": list(there.order_by("-created_at", "-id")[:NEWEST]),
        "waiting": jobs.get("todo", 0) + jobs.get("doing", 0),
        "failed": jobs.get("failed", 0),
        "proof": IsolationProof.last_verdict(),
    }
