"""A proposal as the API shows it: never its body."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from agents.models import Proposal


def proposal_as_json(proposal: Proposal, *, now: datetime) -> dict[str, Any]:
    """Write a proposal straight from its attributes, as it stands now."""
    return {
        "id": str(proposal.id),
        "agent": str(proposal.agent_id),
        "status": proposal.status_at(now).value,
        "method": proposal.method,
        "path": proposal.path,
        "query": proposal.query,
        "reason": proposal.reason,
        "run_id": proposal.run_id,
        "step_id": proposal.step_id,
        "why": proposal.why,
        "changes": proposal.changes,
        "expires_at": proposal.expires_at,
        "decided_by": str(proposal.decided_by_id) if proposal.decided_by_id else None,
        "decided_at": proposal.decided_at,
        "word": proposal.word,
        "answer_status": proposal.answer_status,
        "created_at": proposal.created_at,
        "updated_at": proposal.updated_at,
    }
