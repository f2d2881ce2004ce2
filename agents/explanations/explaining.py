"""explain(): whether somebody may do something, check by check, by the functions that enforce it. See Note [One truth]."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from agents.explanations.actions import Action
from agents.explanations.agent_steps import steps_of_agent
from agents.explanations.rights import holding
from agents.explanations.steps import REFUSED, Step, judged, refused, unknown
from agents.explanations.subjects import Subject
from quotas.consumption import quota_refusal
from tenants.current_organization import suspension_refusal
from tenants.models import Organization
from tenants.policies import network_refusal
from workix.core.current import Current
from workix.core.errors import NotAuthenticated
from workix.core.permissions import reauthentication_refusal


@dataclass(frozen=True, slots=True)
class Explanation:
    """Whether it is allowed, and the steps in the order of a request; the first that refuses decides."""

    subject: Subject
    action: Action
    allowed: bool
    decided_by: str
    steps: tuple[Step, ...]


def explain(subject: Subject, action: Action, *, now: datetime) -> Explanation:
    """Say why somebody may, or may not, do something now. Nothing is done, counted or written down."""
    steps = [*_entering(subject), *subject.credential]
    if subject.agent is not None:
        steps += steps_of_agent(subject.agent, action)
    if action.view is not None:
        steps += _accepted(subject, action)
    rights = holding(subject, action)
    steps += rights
    if action.takes_recent_authentication:
        steps.append(_recent(subject, now=now))
    if action.resource and not _refusals(steps):  # what is left of a quota is told to whoever may try to take from it
        left = f"There is room in the quota {action.resource}, for a unit at least."
        steps.append(judged("quota", quota_refusal(action.resource), left))
    refusals = _refusals(steps)
    if action.view is not None and not refusals:
        steps.append(_the_rest(action))
    return Explanation(subject, action, not refusals, (refusals or rights[-1:])[0].check, tuple(steps))


def _refusals(steps: list[Step]) -> list[Step]:
    return [step for step in steps if step.outcome == REFUSED]


def _entering(subject: Subject) -> Iterator[Step]:
    """Ask what is asked of everybody who comes to an organization; the platform asks nothing of it."""
    organization = Current.find_organization()
    if organization is None:
        return
    yield judged("organization", suspension_refusal(), "The organization is open: it is not suspended.")
    ruled = cast(Organization, organization)
    if subject.address or not ruled.allowed_networks:
        where = f"from {subject.address}" if ruled.allowed_networks else "from everywhere"
        yield judged("network", network_refusal(ruled, subject.address), f"The organization is reached {where}.")
    else:
        yield unknown("network", "The organization is reached from some networks alone: name an address.")


def _accepted(subject: Subject, action: Action) -> Iterator[Step]:
    """Say where an operation knows this kind of credential not, as SCIM knows no person."""
    classes: tuple[Any, ...] = tuple(action.view.authentication_classes)
    if classes and subject.authentication not in classes:
        yield refused(
            "credential", NotAuthenticated(), "This operation takes another kind of credential: SCIM an API key."
        )


def _recent(subject: Subject, *, now: datetime) -> Step:
    refusal = reauthentication_refusal(subject.who, now=now)
    if refusal is not None and not subject.is_self:
        return unknown("reauthentication", "They would have to prove once more who they are, shortly before.")
    said = "A service is not asked to prove once more who it is." if _is_service(subject) else "The log-in is recent."
    return judged("reauthentication", refusal, said)


def _is_service(subject: Subject) -> bool:
    return bool(getattr(subject.who, "is_service", False))


def _the_rest(action: Action) -> Step:
    said = "What is sent and what it is about the operation itself looks at: its own answer says so"
    tried = "; a dry run tries it." if action.method not in ("GET", "HEAD") else "."
    return unknown("operation", said + tried)
