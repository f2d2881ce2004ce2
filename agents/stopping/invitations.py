"""Pending invitations that an agent sent: withdrawn when it is stopped or removed, by a job right after."""

# Note [Invitations of an agent]
# A link in a mail lives for a week, and lets somebody in who keeps no leash: an agent that was led astray would leave itself a
# way back in. As with a person (Note [Who vouches for an invitation] in accounts/invitations/issuing.py), what an agent sent, or
# sent again last, goes with it; what a person sent again since is theirs. To end an invitation takes the row of its quota, on
# which an agent's own transaction may sit; a stop waits for none of those, so it leaves this to a job.

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.invitations.ending import end
from accounts.models.invitation import Invitation, Status
from agents.models import Agent
from audit.models import LogEntry
from tenants.jobs.tenant_task import tenant_task

#: Who acts in such an entry vouches for the invitation.
_SENT = ("invitation.created", "invitation.resent")


def withdraw_those_of(*, agent: Agent, **_: Any) -> None:
    """Receive that an agent is being stopped or removed (agents.signals)."""
    withdraw_invitations.enqueue(agent_id=str(agent.id))


@tenant_task("agents.withdraw_invitations")
def withdraw_invitations(agent_id: str) -> None:
    """Withdraw what an agent sent. See Note [Invitations of an agent]."""
    with transaction.atomic():
        pending = Invitation.objects.pending(now=timezone.now()).order_by("id").select_for_update()
        senders = _senders(pending)
        for each in pending:
            if senders.get(str(each.id)) == UUID(agent_id):
                end(each, Status.WITHDRAWN, now=timezone.now())


def _senders(invitations: Any) -> dict[str, UUID | None]:
    """Return who sent each of them last."""
    entries = LogEntry.objects.filter(
        resource_type="invitation", resource_id__in=[str(each.id) for each in invitations], action__in=_SENT
    )
    found = entries.order_by("resource_id", "-created_at", "-id").distinct("resource_id")
    return dict(found.values_list("resource_id", "actor_id"))
