"""Retry schedules of jobs (exponential backoff with a cap): how often and how long a job that failed is tried again."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, repeat

from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.jobs import Job


@dataclass(frozen=True)
class Backoff(BaseRetryStrategy):
    """Try again after `first` seconds, then after twice as long each time, but never longer than `longest`."""

    first: int
    longest: int
    retries: int

    def waits(self) -> list[int]:
        """List the seconds before each retry."""
        return list(accumulate(repeat(self.first, self.retries), lambda wait, _: min(2 * wait, self.longest)))

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        return self.after(job.attempts)

    def after(self, attempts: int) -> RetryDecision | None:
        """Decide what follows when this many attempts came before the one that failed; None gives up."""
        waits = self.waits()
        return RetryDecision(retry_in={"seconds": waits[attempts]}) if attempts < len(waits) else None


#: 10, 20, 40 … seconds, ten times: 2 hours and 50 minutes in all.
RETRY = Backoff(first=10, longest=2 * 60 * 60, retries=10)
#: A mail server may be away over a weekend: 3 days in all, at least once an hour.
MAIL_RETRY = Backoff(first=10, longest=60 * 60, retries=80)
#: What the clock asks for, some of it once a night: five minutes, in which a server restarts, or has connections again.
PERIODIC_RETRY = Backoff(first=10, longest=160, retries=5)
#: The queue of whatever sends e-mails.
MAILS = "mails"


def schedule_of(queue: str) -> Backoff:
    return MAIL_RETRY if queue == MAILS else RETRY
