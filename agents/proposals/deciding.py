"""Approval and refusal of proposals: by whom, and once. What is approved is done at once, as the agent."""

# Note [Who decides]
# A person who holds `proposals:decide`, and proved not long ago that it is them. No agent and no key can hold that, so none
# approves itself, nor does another agent of its owner. With `four_eyes` the owner decides on nothing their agents propose.
#
# Note [Executed once]
# The decision is one conditional UPDATE, which one of two approvers wins, and it commits before anything is done. What is done
# then carries a request id of the proposal's own into the trail, in the transaction of the act itself. So should the process die
# in between, the proposal stays APPROVED, and who approves it once more learns from the trail whether it was done: then it is
# EXECUTED, and if not, it is done now. While one request does it, no other does (`claimed_until`).

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from accounts.models import User
from agents.models import Proposal, Status
from agents.proposals.ending import left_at, was_executed
from agents.proposals.execution import execute, is_for_now, require_as_predicted
from agents.proposals.notices import DECIDE
from agents.proposals.policy import read_policy
from agents.proposals.staleness import ProposalStale
from agents.runs.secrets import refuse_secret
from audit.registry import record_about
from workix.core.current import Current
from workix.core.errors import Conflict, Denied, NotFound
from workix.core.permissions import holds
from workix.observability import metrics

#: Longer than any request may take.
CLAIM = timedelta(minutes=5)


class ProposalDecided(Conflict):
    code = "proposal_decided"
    detail = "This proposal was decided already, or is being executed now."


class ProposalExpired(Conflict):
    code = "proposal_expired"
    detail = "This proposal was not decided in time. The agent can propose it anew."


class OwnAgent(Denied):
    code = "own_agent"
    detail = "Somebody else than the owner of the agent has to decide: the organization asks for four eyes."


def proposals_of(by: User) -> QuerySet[Proposal]:
    """List the proposals somebody may see, the newest first: all, or those of their own agents; an agent sees its own."""
    found = Proposal.objects.select_related("agent").order_by("-created_at", "-id")
    if Current.actor.type == "agent":
        return found.filter(agent_id=str(Current.actor.id))
    return found if holds(by, DECIDE) else found.filter(agent__owner_id=by.id)


def those_of(
    proposals: QuerySet[Proposal], *, now: datetime, status: str = "", agent: UUID | None = None
) -> QuerySet[Proposal]:
    """Narrow a list down to how they stand now, and to one agent's. What is over needs nobody to have noted it."""
    found = proposals if agent is None else proposals.filter(agent_id=agent)
    over = Q(status=Status.PENDING, expires_at__lte=now)
    if status == Status.EXPIRED:
        return found.filter(over | Q(status=status))
    return found.filter(~over, status=status) if status else found


def get_proposal(proposal_id: UUID, *, by: User) -> Proposal:
    """Return one of them.

    :raises NotFound: when there is none with this id that is theirs to see.
    """
    proposal = proposals_of(by).filter(id=proposal_id).first()
    if proposal is None:
        raise NotFound
    return proposal


def approve(proposal_id: UUID, *, by: User, word: str, asked: HttpRequest, now: datetime) -> Proposal:
    """Approve an act, and do it. See Note [Executed once]. Not in a transaction.

    :raises NotFound: when there is no such proposal.
    :raises OwnAgent: when somebody else has to decide.
    :raises ProposalDecided: when somebody did.
    :raises ProposalExpired: when it waited for too long.
    :raises ProposalStale: when it would not do any more what was predicted.
    :raises Unavailable: when that can't be told now.
    :raises Invalid: when the word holds what looks like a secret.
    """
    refuse_secret(word, field="word")
    proposal = _decidable(proposal_id, by=by, now=now, again=True)
    if proposal.status == Status.APPROVED and was_executed(proposal):
        return _finish(proposal, Status.EXECUTED)
    if proposal.is_over(now):
        raise ProposalExpired
    try:
        checked = require_as_predicted(proposal, asked)
        _claim(proposal, by=by, word=word, now=now)
        proposal.answer_status = execute(proposal, checked, asked)
    except ProposalStale as refusal:
        _close(proposal, Status.STALE, by=by, word=refusal.detail, now=now)
        raise
    if is_for_now(proposal.answer_status):
        return _give_up(proposal, now=now)
    return _finish(proposal, Status.FAILED if proposal.answer_status >= 400 else Status.EXECUTED)


def refuse(proposal_id: UUID, *, by: User, word: str, now: datetime) -> Proposal:
    """Refuse an act. It is never done.

    :raises NotFound: when there is no such proposal.
    :raises OwnAgent: when somebody else has to decide.
    :raises ProposalDecided: when somebody did.
    :raises ProposalExpired: when it waited for too long.
    :raises Invalid: when the word holds what looks like a secret.
    """
    refuse_secret(word, field="word")
    proposal = _decidable(proposal_id, by=by, now=now, again=False)
    return _close(proposal, Status.REFUSED, by=by, word=word, now=now)


def _decidable(proposal_id: UUID, *, by: User, now: datetime, again: bool) -> Proposal:
    """Return a proposal that somebody may decide on. See Note [Who decides]."""
    if Current.actor.type != "person":
        raise Denied
    proposal = get_proposal(proposal_id, by=by)
    if read_policy().four_eyes and proposal.agent.owner_id == by.id:
        raise OwnAgent
    status = proposal.status_at(now)
    if status == Status.EXPIRED:
        raise ProposalExpired
    if status != Status.PENDING and not (again and status == Status.APPROVED and _is_left(proposal, now=now)):
        raise ProposalDecided
    return proposal


def _is_left(proposal: Proposal, *, now: datetime) -> bool:
    return proposal.claimed_until is None or proposal.claimed_until <= now


def _claim(proposal: Proposal, *, by: User, word: str, now: datetime) -> None:
    """Write the approval down, and take the execution. See Note [Executed once]."""
    waits = Q(status=Status.PENDING, expires_at__gt=now)
    values = {"decided_by": by, "decided_at": now, "word": word, "claimed_until": now + CLAIM}
    _decide(proposal, waits | left_at(now), "proposal.approved", status=Status.APPROVED, **values)


def _close(proposal: Proposal, status: Status, *, by: User, word: str, now: datetime) -> Proposal:
    """Decide that it is not done."""
    values = {"decided_by": by, "decided_at": now, "word": word[:500], "encrypted_body": ""}
    still = Q(status=proposal.status, claimed_until=proposal.claimed_until)
    _decide(proposal, still, f"proposal.{status}", status=status, **values)
    return proposal


def _decide(proposal: Proposal, condition: Q, action: str, **values: object) -> None:
    with transaction.atomic():
        if not Proposal.objects.filter(condition, id=proposal.id).update(**values):
            raise ProposalDecided
        for name, value in values.items():
            setattr(proposal, name, value)
        told = {"word": proposal.word, "agent": str(proposal.agent_id), "executed_as": proposal.request_id}
        record_about(proposal, action, told)
        transaction.on_commit(metrics.PROPOSALS.labels(proposal.status).inc)


def _give_up(proposal: Proposal, *, now: datetime) -> Proposal:
    """Leave it approved, for another attempt at once."""
    return _note(proposal, answer_status=proposal.answer_status, claimed_until=now)


def _finish(proposal: Proposal, status: Status) -> Proposal:
    """Write down that it was done, or was refused when it was to be."""
    done = {"status": status, "answer_status": proposal.answer_status, "encrypted_body": "", "claimed_until": None}
    return _note(proposal, **done)


def _note(proposal: Proposal, **values: object) -> Proposal:
    with transaction.atomic():  # who acts is said where one begins
        being_done = (Status.APPROVED, Status.DROPPED)  # its agent may have been stopped meanwhile
        noted = Proposal.objects.filter(id=proposal.id, status__in=being_done).update(**values)
        if noted and "status" in values:
            transaction.on_commit(metrics.PROPOSALS.labels(values["status"]).inc)
    proposal.refresh_from_db()
    return proposal
