"""Effects of a dry run: the answer with what would have changed, been counted and left."""

# Note [What a dry run says]
# The answer is what the real call would answer, and `dry_run` besides: what would change (object by object, from the entries
# that the database itself wrote), what quotas would count, and which jobs would leave. What is refused is refused in the same
# words. What would have no body (204) has one here, so it is 200.

from __future__ import annotations

from collections.abc import Mapping

import orjson
from django.http import HttpResponse

from agents.dry_run import DryRunRefused
from quotas.limits import balances
from tenants.backend.dry_run import DryRun, entries_made
from workix.core.current import Current


def counted() -> dict[str, tuple[int, int]]:
    """Return what quotas count now (used, reserved), of the organization in scope."""
    if Current.find_organization() is None:
        return {}
    return {each.resource.name: (each.used, each.reserved) for each in balances()}


def told(response: HttpResponse, run: DryRun, before: Mapping[str, tuple[int, int]]) -> HttpResponse:
    """Add to an answer what would have happened. See Note [What a dry run says]. Asked inside of the dry run.

    :raises DryRunRefused: when the answer is no JSON.
    """
    if response.streaming:
        response.close()
        raise DryRunRefused
    if response.status_code >= 400:
        return response
    if response.content and not _is_json(response):
        raise DryRunRefused
    body = orjson.loads(response.content) if response.content else {}
    after = counted()
    body["dry_run"] = {
        "changes": entries_made(),
        "quota_effects": [
            {"resource": name, "used": used - before[name][0], "reserved": reserved - before[name][1]}
            for name, (used, reserved) in after.items()
            if (used, reserved) != before[name]
        ],
        "jobs": run.jobs,
    }
    response.content = orjson.dumps(body)
    response.headers["Content-Type"] = response.headers.get("Content-Type") or "application/json"
    if response.status_code == 204:
        response.status_code = 200
    return response


def _is_json(response: HttpResponse) -> bool:
    """Say whether an answer is JSON: to a browser the API writes the same as a page."""
    return "json" in response.headers.get("Content-Type", "").partition(";")[0]
