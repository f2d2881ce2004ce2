"""propose(): keeps an act for approval, tells who may decide; find_earlier(): the proposal that a call made before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from accounts.authentication.api_key import KeyNotValid
from agents.authentication import stop_refusal
from agents.models import LIFETIME, OPEN, Agent, Proposal, Status
from agents.proposals.bodies import encrypted
from agents.proposals.calls import Call
from agents.proposals.ending import expire
from agents.proposals.notices import tell_deciders
from workix.api.idempotency import IdempotencyKeyReused
from workix.api.models import KEPT_FOR
from workix.core.current import Current
from workix.core.errors import Conflict
from workix.observability import metrics

#: Of one agent.
MOST_OPEN = 100


class TooManyProposals(Conflict):
    code = "too_many_proposals"
    detail = f"{MOST_OPEN} proposals of this agent wait for approval, which is the most there can be."


def find_earlier(agent: Agent, call: Call, *, now: datetime) -> Proposal | None:
    """Return the proposal that the same call made, unless it was executed: then the call goes its way.

    Without an `Idempotency-Key` that is one which still waits, and with one whatever became of it, for as long as keys are kept.

    :raises IdempotencyKeyReused: when the key came with another call.
    """
    kept = Q(created_at__gt=now - max(KEPT_FOR, LIFETIME)) | Q(status__in=OPEN)
    made = Proposal.objects.filter(kept, agent=agent, call_key=call.key)
    earlier = made.order_by("-created_at", "-id").first()
    if earlier is None:
        return None
    is_open = earlier.status in OPEN and not earlier.is_over(now)
    if not is_open and (not call.idempotency_key or earlier.created_at <= now - KEPT_FOR):
        return None
    if earlier.fingerprint != call.fingerprint:
        raise IdempotencyKeyReused
    return None if earlier.status == Status.EXECUTED else earlier


def propose(
    agent: Agent,
    call: Call,
    *,
    changes: Sequence[dict[str, Any]],
    why: Sequence[dict[str, Any]],
    now: datetime,
) -> Proposal:
    """Keep an act for approval, and have a mail sent to whoever may decide.

    :raises KeyNotValid: when the agent was removed meanwhile.
    :raises AgentStopped: when it was stopped meanwhile: what would wait has been dropped already.
    :raises TooManyProposals: when as many of the agent's wait as may.
    """
    with transaction.atomic():
        _require_turn(agent)
        earlier = find_earlier(agent, call, now=now)
        if earlier is not None:
            return earlier
        expire(now=now, of=agent)
        if Proposal.objects.filter(agent=agent, status__in=OPEN).count() >= MOST_OPEN:
            raise TooManyProposals
        proposal = _written(agent, call, now=now)
        proposal.changes, proposal.why = list(changes), list(why)
        proposal.save(force_insert=True)
        tell_deciders(proposal)
        transaction.on_commit(metrics.PROPOSALS.labels("proposed").inc)
    return proposal


def _require_turn(agent: Agent) -> None:
    """Have one call of an agent come after the other, and none of one that was stopped or removed since it was let in."""
    held = Agent.objects.select_for_update(no_key=True, of=("self",)).filter(id=agent.id).first()
    refusal = KeyNotValid() if held is None else stop_refusal(held)
    if refusal is not None:
        raise refusal


def _written(agent: Agent, call: Call, *, now: datetime) -> Proposal:
    proposal = Proposal(
        agent=agent,
        method=call.method,
        path=call.path,
        query=call.query,
        content_type=call.content_type,
        idempotency_key=call.idempotency_key,
        call_key=call.key,
        fingerprint=call.fingerprint,
        reason=Current.context.reason,
        run_id=Current.context.run_id,
        step_id=Current.context.step_id,
        expires_at=now + LIFETIME,
    )
    proposal.encrypted_body = encrypted(proposal, call.body)
    return proposal
