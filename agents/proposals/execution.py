"""Execution of an approved proposal: the very request that was kept, as the agent, through the view that it asks."""

# Note [As the agent]
# What was approved is what the agent asked for, so it is done as the agent asked: on behalf of its owner, with what they hold
# now, through the view's own permission, validation, quota and triggers. Whoever approves lends nothing of their own. In the
# trail it is the agent's, with the agent's reason and run, and the proposal's request id; the approval is an entry of its own.
#
# What an answer shows once (a key, a secret) is shown to nobody: it is not the approver's, and the agent is not there. An agent
# that gave an Idempotency-Key and calls again is answered as any second call, with null in its place.

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models import Q
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse
from django.urls import resolve

from agents.authentication import Found
from agents.models import Agent, Mode, Proposal
from agents.proposals.calls import made_again
from agents.proposals.prediction import differences, newer, predict
from agents.proposals.staleness import ProposalStale
from audit.models import LogEntry
from workix.config.encryption import DecryptionError
from workix.core.current import Current


def require_as_predicted(proposal: Proposal, asked: HttpRequest) -> Found:
    """Make sure that an act would still do what was predicted, and return the agent and its owner as they are now.

    :raises ProposalStale: when it would not. See Note [Out of date].
    """
    found = _found(proposal)
    since = newer(proposal)
    if since:
        raise ProposalStale("What it is about was changed since.", changed=since)
    try:
        with _as_agent(proposal, found):
            now, again = (predict(_request(proposal, found, asked), _answer) for _ in range(2))
    except DecryptionError:
        raise ProposalStale("Its body can't be read any more.") from None
    if now.is_refused or again.is_refused:
        raise ProposalStale(f"It would be refused now, with {now.response.status_code}.")
    changed = differences(proposal.changes, now.changes, again.changes)
    if changed:
        raise ProposalStale(changed=changed)
    return found


def execute(proposal: Proposal, found: Found, asked: HttpRequest) -> int:
    """Do it, as the agent, and return the status of its answer. See Note [As the agent]."""
    with _as_agent(proposal, found):
        response = _answer(_request(proposal, found, asked))
        if response.streaming:
            response.close()
    return response.status_code


def was_executed(proposal: Proposal) -> bool:
    """Say whether the trail has what it did. See Note [Executed once]."""
    actions = {each["action"] for each in proposal.changes}
    return LogEntry.objects.filter(request_id=proposal.request_id, action__in=actions).exists()


def _found(proposal: Proposal) -> Found:
    """Look up who acts and for whom, as things are now.

    :raises ProposalStale: when the agent may not act any more, or no agent of this kind may.
    """
    in_time = Q(expires_at__isnull=True) | Q(expires_at__gt=Now())
    working = Agent.objects.select_related("owner").filter(in_time, stopped_at__isnull=True, owner__is_active=True)
    agent = working.filter(id=proposal.agent_id, owner__deleted_at__isnull=True).first()
    if agent is None or agent.owner is None:
        raise ProposalStale("The agent may not act any more.")
    if agent.mode == Mode.SANDBOX:
        raise ProposalStale("The agent may only try things now.")
    owner = agent.owner
    owner.restricted_to = agent.granted_scopes
    return Found(agent, owner)


@contextmanager
def _as_agent(proposal: Proposal, found: Found) -> Iterator[None]:
    with Current.scoped(
        actor=found.agent.as_actor(),
        request_id=proposal.request_id,
        reason=proposal.reason,
        run_id=proposal.run_id,
        step_id=proposal.step_id,
        ip_address="",
        user_agent="",
        device="",
    ):
        yield


def _request(proposal: Proposal, found: Found, asked: HttpRequest) -> HttpRequest:
    request = made_again(proposal, asked)
    request.agent = found  # type: ignore[attr-defined]  # as agents.authentication.find() keeps it
    return request


def _answer(request: HttpRequest) -> HttpResponse:
    """Have the view answer, as Django's handler has it."""
    match = resolve(request.path_info)
    request.resolver_match = match
    response: HttpResponse = match.func(request, *match.args, **match.kwargs)
    rendered = getattr(response, "render", None)
    return rendered() if callable(rendered) else response
