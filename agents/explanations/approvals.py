"""Approval of an entry: what was done by an approved proposal says so when it is explained, with who approved it."""

from __future__ import annotations

import re
from uuid import UUID

from agents.models import Proposal
from audit.models import LogEntry
from audit.reading.explanation import Said, teller

_PROPOSAL = re.compile(r"proposal:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")


@teller
def approval_of(entry: LogEntry) -> Said | None:
    """Say under which approval an entry was made: its request id is that of the proposal, which no client can send."""
    found = _PROPOSAL.fullmatch(entry.request_id)
    if found is None:
        return None
    proposal_id = UUID(found[1])
    where = f"/api/v1/proposals/{proposal_id}/"
    proposal = Proposal.objects.select_related("decided_by").filter(id=proposal_id).first()
    if proposal is None or proposal.decided_at is None:
        return Said("approval", "It was done by a proposal that was approved, and is not kept any more.", where)
    by, at = proposal.decided_by or "somebody who is not here any more", proposal.decided_at
    word = f": “{proposal.word}”" if proposal.word else "."
    return Said("approval", f"It was approved by {by} on {at:%d %B %Y at %H:%M:%S} UTC{word}", where)
