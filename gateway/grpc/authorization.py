"""Explanation of a permission, by the functions that enforce it (agents/explanations): whether, and what decided."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from agents.authentication import Found, found_of
from agents.explanations import explaining
from agents.explanations.actions import read_action
from agents.explanations.subjects import ME, read_subject
from gateway.grpc.calls import Asked
from gateway.grpc.protos.workix.v1.authorization_pb2 import ExplainResponse, Step
from workix.core.apps import permissions
from workix.core.errors import Invalid

LONGEST_ACTOR = 100


def explain(asked: Asked) -> ExplainResponse:
    """Say whether somebody holds a permission, and why.

    :raises Invalid: when nobody declares it, or the actor is named in no form of ours.
    :raises AboutOthers: when who asks may ask about nobody but themselves.
    :raises NotFound: when there is no such actor.
    """
    if asked.message.permission not in permissions():
        raise Invalid("There is no such permission.", field="permission", problem="unknown_permission")
    if len(asked.message.actor) > LONGEST_ACTOR:
        raise Invalid("No actor is named by as much.", field="actor", problem="max_length")
    found: Any = found_of(asked.request)
    subject = read_subject(
        asked.message.actor or ME, by=asked.who, auth=found.agent if isinstance(found, Found) else None
    )
    told = explaining.explain(subject, read_action(asked.message.permission), now=timezone.now())
    steps = [Step(check=each.check, outcome=each.outcome, said=each.said, code=each.code) for each in told.steps]
    why = next((each.said for each in reversed(steps) if each.check == told.decided_by), "")
    return ExplainResponse(allowed=told.allowed, decided_by=told.decided_by, why=why, steps=steps)
