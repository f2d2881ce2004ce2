"""Explanation of a permission: whether whoever asks holds it, and by what, as GET /authz/explanation/ says it."""

from __future__ import annotations

from django.utils import timezone

from agents.authentication import Found, found_of
from agents.explanations import explaining
from agents.explanations.actions import read_action
from agents.explanations.subjects import ME, read_subject
from gateway.grpc.calls import Asked
from gateway.grpc.protos.workix.v1.authorization_pb2 import ExplainResponse
from workix.core.apps import permissions
from workix.core.errors import Invalid


def explain(asked: Asked) -> ExplainResponse:
    """Say whether, and why: the sentence of the check that decided.

    :raises Invalid: when nobody declares the permission.
    """
    permission = asked.message.permission
    if permission not in permissions():
        raise Invalid("There is no such permission.", field="permission", problem="unknown_permission")
    found = found_of(asked.request)
    subject = read_subject(ME, by=asked.who, auth=found.agent if isinstance(found, Found) else None)
    said = explaining.explain(subject, read_action(permission), now=timezone.now())
    why = next(step.said for step in reversed(said.steps) if step.check == said.decided_by)
    return ExplainResponse(allowed=said.allowed, decided_by=said.decided_by, why=why)
