"""Mails of those who were added: each comes, later where something was away, and once unless a process died in the middle."""

from __future__ import annotations

import time
from collections.abc import Iterator

from benchmarks.chaos.installation import Installation

_PATIENCE_SECONDS = 60
#: Waits of minutes are counted, and not sat out: what waits to be tried again is due now, and the dead have been silent for long.
_HURRY = (
    "UPDATE public.procrastinate_jobs SET scheduled_at = now()"
    " WHERE status = 'todo' AND scheduled_at > now() AND queue_name = 'mails'",
    "UPDATE public.procrastinate_workers SET last_heartbeat = last_heartbeat - interval '1 minute'"
    " WHERE last_heartbeat < now() - interval '15 seconds'",
)


_WAITING = "SELECT count(*) FROM public.procrastinate_jobs WHERE status IN ('todo', 'doing') AND queue_name = 'mails'"


def missing_mails(installation: Installation) -> list[str]:
    """Wait until everybody who was added has their mail and no job waits; name how many have none, or two that may not."""
    deadline, wanted, waiting = time.monotonic() + _PATIENCE_SECONDS, set(installation.kept.people.values()), 1
    while (wanted - installation.mails_to.keys() or waiting) and time.monotonic() < deadline:
        with installation.superuser() as database:
            for statement in _HURRY:
                database.execute(statement)
            ((waiting,),) = database.execute(_WAITING).fetchall()
        time.sleep(1)
    return list(_told(installation, wanted, waiting))


def _told(installation: Installation, wanted: set[str], waiting: int) -> Iterator[str]:
    if waiting:
        yield f"{waiting} jobs were never ended"
    late = wanted - installation.mails_to.keys()
    if late:
        yield f"{len(late)} mails did not come, of: {', '.join(sorted({_fault_of(each) for each in late}))}"
    twice = {each for each, count in installation.mails_to.items() if count > 1}
    once = {each for each in twice if _fault_of(each) not in installation.may_repeat}
    if once:
        yield f"{len(once)} mails came twice, of: {', '.join(sorted({_fault_of(each) for each in once}))}"


def _fault_of(address: str) -> str:
    return address.partition("-")[0]
