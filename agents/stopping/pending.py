"""What an agent leaves pending when it is stopped or removed: invitations are withdrawn, reservations released, by a job."""

# Note [What an agent leaves pending]
# A link in a mail lives for a week, and lets somebody in who keeps no leash: an agent that was led astray would leave itself a
# way back in. As with a person (Note [Who vouches for an invitation] in accounts/invitations/issuing.py), what an agent sent, or
# sent again last, goes with it; what a person sent again since is theirs. And units that it reserved would be nobody's to use,
# for a day. To end either takes the row of a quota, on which an agent's own transaction may sit; a stop waits for none of those,
# so it leaves this to a job.

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.invitations.ending import end
from accounts.models.invitation import Invitation, Status
from audit.models import LogEntry
from quotas.reservations import release_those_of

#: Who acts in such an entry vouches for the invitation.
_SENT = ("invitation.created", "invitation.resent")


def end_those_of(agent_id: UUID, *, now: datetime) -> None:
    """Withdraw what an agent sent, and release what it reserved. See Note [What an agent leaves pending]."""
    _withdraw_invitations(agent_id, now=now)
    release_those_of("agent", agent_id)


def _withdraw_invitations(agent_id: UUID, *, now: datetime) -> None:
    with transaction.atomic():
        pending = Invitation.objects.pending(now=now).order_by("id").select_for_update()
        senders = _senders(pending)
        for each in pending:
            if senders.get(str(each.id)) == agent_id:
                end(each, Status.WITHDRAWN, now=now)


def _senders(invitations: Iterable[Invitation]) -> dict[str, UUID | None]:
    """Return who sent each of them last."""
    entries = LogEntry.objects.filter(
        resource_type="invitation", resource_id__in=[str(each.id) for each in invitations], action__in=_SENT
    )
    found = entries.order_by("resource_id", "-created_at", "-id").distinct("resource_id")
    return dict(found.values_list("resource_id", "actor_id"))
