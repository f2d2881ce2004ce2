"""Publishes signed checkpoints to WORKIX_CHECKPOINT_WEBHOOK: in order per organization, at least once, with back-off."""

# Note [Published to the operator]
# What waits is two numbers for each organization (tenants/trail/unpublished.py): the sequencer notes, in the transaction that
# signs, how far there are checkpoints, and here is noted how far they were taken. Nothing is queued, so nothing grows while the
# receiver is away, and it holds up no checkpoint: no transaction is open and no lock is held while we wait for its answer. The
# next checkpoint of an organization is sent when the one before it was taken; a crash between the answer and the note sends one
# again, with the same id. Organizations have turns, those that wait longest first.
#
# There is one receiver. When several organizations in a row fail it is down, and the pass ends; so does one that took long.

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import psycopg

from tenants.trail import unpublished
from tenants.trail.unpublished import Unpublished, Waiting
from webhooks.failures import wait_after
from webhooks.messages import checkpoint_message
from webhooks.sending import Attempt, post
from workix.config.environment import Environment
from workix.observability import metrics

logger = logging.getLogger("workix.trail")

#: A pass holds a place of the worker: the next one is a minute later.
LONGEST_RUN = timedelta(seconds=20)
#: Checkpoints of one organization, before others have their turn.
TURN = 20
#: Organizations in a row whose checkpoint is not taken.
DOWN_AFTER = 3


def publish_waiting(connection: psycopg.Connection, to: Environment, *, now: datetime) -> int:
    """Send what waits and is due, as the sequencer, for LONGEST_RUN at most. Return how many checkpoints were taken."""
    began = time.monotonic()

    def clock() -> datetime:
        return now + timedelta(seconds=time.monotonic() - began)

    taken = failed_in_a_row = 0
    while waiting := unpublished.due(connection, now=clock()):
        for each in waiting:
            if clock() - now >= LONGEST_RUN or failed_in_a_row >= DOWN_AFTER:
                return taken
            attempts = list(_publish(connection, to, each, clock=clock, until=now + LONGEST_RUN))
            taken += sum(attempt.is_delivered for attempt in attempts)
            failed_in_a_row = failed_in_a_row + 1 if attempts and not attempts[-1].is_delivered else 0
    return taken


def _publish(
    connection: psycopg.Connection, to: Environment, waiting: Waiting, *, clock: Callable[[], datetime], until: datetime
) -> Iterator[Attempt]:
    """Send the next checkpoints of one organization, until one is not taken, or it is time for others."""
    found = unpublished.checkpoints(connection, waiting, limit=TURN + 1)
    if not found:
        logger.error("trail.checkpoint_gone", extra={"organization": str(waiting.organization_id)})
        unpublished.passed_over(connection, waiting)
    for number, checkpoint in enumerate(found[:TURN], start=1):
        attempt = _send(to, checkpoint, now=clock())
        yield attempt
        metrics.CHECKPOINTS_PUBLISHED.labels("ok" if attempt.is_delivered else "failed").inc()
        if not attempt.is_delivered:
            _fail(connection, waiting, attempt)
            return
        unpublished.taken(connection, checkpoint, then=found[number] if number < len(found) else None)
        if clock() >= until:
            return


def _send(to: Environment, checkpoint: Unpublished, *, now: datetime) -> Attempt:
    url, secret = to.checkpoint_webhook, to.checkpoint_webhook_secret
    assert url is not None  # or nothing is published
    assert secret is not None  # without one it does not start
    return post(url, checkpoint_message(checkpoint), secret.reveal().split(","), now=now)


def _fail(connection: psycopg.Connection, waiting: Waiting, attempt: Attempt) -> None:
    """Have it tried again later, twice as late each time."""
    failures = waiting.failures + 1
    again_at = attempt.at + wait_after(failures, retry_after=attempt.retry_after)
    unpublished.failed(connection, waiting, again_at=again_at)
    told = {"organization": str(waiting.organization_id), "failure": attempt.failure, "failures": failures}
    logger.warning("trail.checkpoint_not_taken", extra=told)
