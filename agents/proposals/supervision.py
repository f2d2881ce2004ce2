"""Supervised mode: a mutation is tried first (dry run); what matches the approval policy is proposed, the rest is done."""

# Note [Tried first]
# Which acts wait for approval hangs on what they would do, and that is known once they were tried. So a mutation of a supervised
# agent is a dry run first, always. What is refused there is refused in the same words. What matches no rule is done at once. Of
# the rest a proposal is kept, and 202 says where. It costs such a call twice its time, and twice its count in a rate limit.
#
# Between the dry run and the act others change things, and an agent that repeats a call may wait for just that: giving a role
# to somebody who has it changes nothing, until an admin takes it. So what is done without approval is looked at once more before
# it is committed (Note [Checked before it is kept] in tenants/backend/commit_checks.py). Where a rule matches now, it is rolled
# back, and the call begins anew.
#
# The same call again, by its Idempotency-Key or, without one, byte for byte, is the same proposal, and no second one. Once that
# was executed the call goes its way as any other: with a key it finds the answer that is kept for a day, and replays it.

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
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
from agents.proposals.rules import Change, Rule, matched
from tenants.backend.commit_checks import checked_before_commit
from workix.core.errors import Conflict

Handler = Callable[[HttpRequest], HttpResponse]
#: How often a call begins anew.
TRIES = 3


class ChangedMeanwhile(Conflict):
    detail = "What this is about was changed at the same moment. Nothing was done: try again in a moment."


@dataclass
class Unapproved:
    """A commit check: lets pass what no rule names. See Note [Tried first]."""

    rules: tuple[Rule, ...]
    now: datetime
    is_refused: bool = False
    _changes: list[Change] = field(default_factory=list)

    def __call__(self, entries: Iterable[Change]) -> None:
        self._changes += entries
        if matched(self.rules, self._changes, now=self.now):
            self.is_refused = True
            raise ChangedMeanwhile


def supervised(request: HttpRequest, get_response: Handler, *, now: datetime) -> HttpResponse:
    """Do what an agent in supervised mode asks for, or keep it as a proposal. See Note [Tried first].

    :raises DryRunRefused: when it can't be tried, so that nobody could approve it.
    :raises IdempotencyKeyReused: when the key came with another call before.
    :raises TooManyProposals: when as many of the agent's wait as may.
    :raises ChangedMeanwhile: when others change what it is about again and again.
    """
    found = found_of(request)
    assert isinstance(found, Found)  # only who was let in comes here
    if takes_a_secret(request.path):
        raise DryRunRefused
    call = calls.read(request, found.agent)
    for _ in range(TRIES):
        earlier = find_earlier(found.agent, call, now=now)
        if earlier is not None:
            return _proposed(earlier, now=now)
        predicted = predict(request, get_response)
        if predicted.is_refused:
            return predicted.response
        rules = read_policy().rules
        why = matched(rules, predicted.changes, now=now)
        if why:
            return _proposed(propose(found.agent, call, changes=predicted.changes, why=why, now=now), now=now)
        unapproved = Unapproved(rules, now)
        with checked_before_commit(unapproved):
            response = get_response(request)
        if not unapproved.is_refused:
            return response
    raise ChangedMeanwhile


def _proposed(proposal: Proposal, *, now: datetime) -> HttpResponse:
    return HttpResponse(
        orjson.dumps(proposal_as_json(proposal, now=now), default=str),
        status=202,
        content_type="application/json",
        headers={"Location": f"/api/v1/proposals/{proposal.id}/"},
    )
