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
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import resolve

from agents.authentication import Found, require_acting
from agents.limits.budget import budget_refusal
from agents.models import Mode, Proposal
from agents.proposals.calls import made_again
from agents.proposals.prediction import differences, newer, predict
from agents.proposals.staleness import AsPredicted, ProposalStale
from tenants.backend.commit_checks import checked_before_commit
from workix.config.encryption import DecryptionError
from workix.core.current import Current
from workix.core.errors import NotAuthenticated, Unavailable


@dataclass(frozen=True, slots=True)
class Checked:
    """The agent and its owner as they are now, and what holds the act to what was predicted."""

    found: Found
    as_predicted: AsPredicted


def require_as_predicted(proposal: Proposal, asked: HttpRequest) -> Checked:
    """Make sure that an act would still do what was predicted.

    :raises ProposalStale: when it would not. See Note [Out of date].
    :raises Unavailable: when that can't be told now.
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
    for each in (now, again):
        if is_for_now(each.response.status_code):
            raise Unavailable("It can't be tried at this moment. Nothing was decided: try again in a moment.")
        if each.is_refused:
            raise ProposalStale(f"It would be refused now, with {each.response.status_code}.")
    changed = differences(proposal.changes, now.changes, again.changes)
    if changed:
        raise ProposalStale(changed=changed)
    return Checked(found, AsPredicted(now.changes, again.changes))


def execute(proposal: Proposal, checked: Checked, asked: HttpRequest) -> int:
    """Do it, as the agent, and return the status of its answer. See Note [As the agent].

    :raises ProposalStale: when it was about to do anything else than what was predicted. See Note [Out of date].
    """
    found, as_predicted = checked.found, checked.as_predicted
    with _as_agent(proposal, found), checked_before_commit(as_predicted):
        response = _answer(_request(proposal, found, asked))
        if response.streaming:
            response.close()
    if as_predicted.changed:
        raise ProposalStale(changed=as_predicted.changed)
    return response.status_code


def is_for_now(status: int) -> bool:
    """Say whether the same call may succeed later: the agent has called too often, or what failed was ours."""
    return status == 429 or status >= 500


def _found(proposal: Proposal) -> Found:
    """Look up who acts and for whom, as things are now.

    :raises ProposalStale: when the agent may not act any more, or no agent of this kind may.
    """
    try:
        found = require_acting(proposal.agent_id)
    except NotAuthenticated:
        raise ProposalStale("The agent may not act any more.") from None
    if found.agent.mode == Mode.SANDBOX:
        raise ProposalStale("The agent may only try things now.")
    spent = budget_refusal(found.agent)
    if spent is not None:
        raise ProposalStale(spent.detail)
    return found


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
