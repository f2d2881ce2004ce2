"""Prediction: what an act would change, from a dry run of the very request, and whether that is what was predicted before."""

# Note [Out of date]
# What was approved is what was shown. So before an approval is written down the act is tried once more, and each field of each
# change has to be what it was. Some never are: ids, keys and moments that are made anew each time. Those are the ones that
# differ between two dry runs right after one another, with nothing in between, so there it is tried twice and they are not
# compared. And what an act touches may have changed in other fields: the trail says so, which has an entry of each change. The
# act itself is held to the same: each of its transactions is compared before it is committed (AsPredicted in staleness.py).

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
from django.db.models import Subquery
from django.http import HttpRequest, HttpResponse

from agents.effects import counted, told
from agents.models import Proposal
from audit.models import LogEntry
from tenants.backend.dry_run import dry_run
from workix.core.current import Current

Handler = Callable[[HttpRequest], HttpResponse]
Change = dict[str, Any]
_GONE = object()


@dataclass(frozen=True, slots=True)
class Prediction:
    """What an act would answer, and change."""

    response: HttpResponse
    changes: list[Change] = field(default_factory=list)

    @property
    def is_refused(self) -> bool:
        return self.response.status_code >= 400


def predict(request: HttpRequest, get_response: Handler) -> Prediction:
    """Try a request, and keep nothing of it.

    :raises DryRunRefused: when it answers with a file or a page.
    """
    with dry_run() as run, Current.scoped(dry_run=True):
        before = counted()
        response = told(get_response(request), run, before)
    if response.status_code >= 400:
        return Prediction(response)
    return Prediction(response, orjson.loads(response.content)["dry_run"]["changes"])


def differences(before: Sequence[Change], now: Sequence[Change], again: Sequence[Change]) -> list[dict[str, Any]]:
    """Say in what a prediction differs from the one before, apart from what differs in each. See Note [Out of date]."""
    kinds, made = _kinds(before), _kinds(now)
    if kinds != made:
        return [{"what": "changes", "before": kinds, "now": made}]
    return [
        {"what": f"{change['resource_type']} {change['resource_label']}: {name}", "before": old, "now": new}
        for change, was, repeated in zip(now, before, again, strict=True)
        for name, old, new in _differing(was, change, repeated)
    ]


def newer(proposal: Proposal) -> list[dict[str, Any]]:
    """List what was done since to the things a proposal is about. See Note [Out of date]."""
    proposed = LogEntry.objects.filter(resource_type="proposal", resource_id=str(proposal.id)).order_by("created_at")
    things = {(each["resource_type"], each["resource_id"]) for each in proposal.changes}
    since = LogEntry.objects.filter(
        source="trigger",
        created_at__gt=Subquery(proposed.values("created_at")[:1]),  # by the database's clock, as the others are
        resource_type__in={kind for kind, _ in things},
        resource_id__in={key for _, key in things},
    ).order_by("created_at", "id")
    return [
        {"what": f"{entry.resource_type} {entry.resource_label}: {entry.action}", "entry": str(entry.id)}
        for entry in since
        if (entry.resource_type, entry.resource_id) in things
    ]


def _kinds(changes: Sequence[Change]) -> list[str]:
    return [f"{each['action']} {each['resource_type']}" for each in changes]


def _differing(was: Change, now: Change, again: Change) -> Iterator[tuple[str, Any, Any]]:
    """Compare one change, member by member; what two dry runs of the same moment do not agree on is chance."""
    for name in ("resource_id", "resource_label"):
        if now[name] == again[name] != was[name]:
            yield name, was[name], now[name]
    old, new, repeated = was["changes"], now["changes"], again["changes"]
    for name in sorted(old.keys() | new.keys()):
        if old.get(name, _GONE) != new.get(name, _GONE) == repeated.get(name, _GONE):
            yield name, old.get(name), new.get(name)
