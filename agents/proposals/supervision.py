"""Supervised mode: a mutation is tried first (dry run); what matches the approval policy is proposed, the rest is done."""

# Note [Tried first]
# Which acts wait for approval hangs on what they would do, and that is known once they were tried. So a mutation of a supervised
# agent is a dry run first, always. What is refused there is refused in the same words. What matches no rule is done at once. Of
# the rest a proposal is kept, and 202 says where. It costs such a call twice its time, and twice its count in a rate limit.
#
# The same call again, by its Idempotency-Key or, without one, byte for byte, is the same proposal, and no second one. Once that
# was executed the call goes its way as any other: with a key it finds the answer that is kept for a day, and replays it.

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import orjson
from django.http import HttpRequest, HttpResponse

from agents.authentication import Found, found_of
from agents.dry_run import DryRunRefused, takes_a_secret
from agents.models import Proposal
from agents.proposals import calls
from agents.proposals.policy import read_policy
from agents.proposals.prediction import predict
from agents.proposals.proposal_json import proposal_as_json
from agents.proposals.proposing import find_earlier, propose
from agents.proposals.rules import matched

Handler = Callable[[HttpRequest], HttpResponse]


def supervised(request: HttpRequest, get_response: Handler, *, now: datetime) -> HttpResponse:
    """Do what an agent in supervised mode asks for, or keep it as a proposal. See Note [Tried first].

    :raises DryRunRefused: when it can't be tried, so that nobody could approve it.
    :raises IdempotencyKeyReused: when the key came with another call before.
    :raises TooManyProposals: when as many of the agent's wait as may.
    """
    found = found_of(request)
    assert isinstance(found, Found)  # only who was let in comes here
    if takes_a_secret(request.path):
        raise DryRunRefused
    call = calls.read(request, found.agent)
    earlier = find_earlier(found.agent, call, now=now)
    if earlier is not None:
        return _proposed(earlier, now=now)
    predicted = predict(request, get_response)
    if predicted.is_refused:
        return predicted.response
    why = matched(read_policy().rules, predicted.changes, now=now)
    if not why:
        return get_response(request)
    proposal = propose(found.agent, call, changes=predicted.changes, why=why, now=now)
    return _proposed(proposal, now=now)


def _proposed(proposal: Proposal, *, now: datetime) -> HttpResponse:
    return HttpResponse(
        orjson.dumps(proposal_as_json(proposal, now=now), default=str),
        status=202,
        content_type="application/json",
        headers={"Location": f"/api/v1/proposals/{proposal.id}/"},
    )
