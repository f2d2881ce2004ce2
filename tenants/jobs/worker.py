"""The worker's app and its connection to the job queue (LISTEN/NOTIFY), as the control role."""

# Note [Notifications]
# PostgreSQL lets every role send NOTIFY on every channel, and nothing can revoke it. The queue itself is safe, since a
# notification only says that it is worth looking. But the library reads its text as JSON, and stops listening for good
# when it is none. So what can't be read is dropped: whoever shouts makes the worker look once, at most.

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from procrastinate import App, PsycopgConnector
from procrastinate.connector import Notify
from procrastinate.contrib.django import app

from tenants.isolation import owner
from tenants.isolation.database_roles import FORMAT_SETTINGS, PINNED_SETTINGS, as_options, control_role
from tenants.jobs.fetching import FairJobManager
from workix.observability import tracing

#: psycopg's pool doubles its pauses up to this long: a restarted database is found again within it.
RECONNECT_SECONDS = 5.0


class QueueConnector(PsycopgConnector):
    """See Note [Notifications]."""

    async def listen_notify(self, on_notification: Notify, channels: Iterable[str]) -> None:
        async def on_ours(*, channel: str, payload: str) -> None:
            if _is_ours(payload):
                await on_notification(channel=channel, payload=payload)

        await super().listen_notify(on_ours, channels)


@contextmanager
def working_app() -> Iterator[App]:
    """Have the app itself work: what is due by the clock is queued through it, and would not be through a copy."""
    kept = app.job_manager
    with app.replace_connector(queue_connector()) as worker:
        worker.job_manager = FairJobManager(worker.connector)
        tracing.start("worker")
        try:
            yield worker
        finally:
            tracing.stop()
            worker.job_manager = kept


def queue_connector() -> QueueConnector:
    address = control_role().address(owner.database())
    parameters = address.connection_parameters()
    pinned = as_options({**PINNED_SETTINGS, **FORMAT_SETTINGS})
    parameters["options"] = f"{parameters.get('options', '')} {pinned}".strip()
    return QueueConnector(kwargs=parameters, min_size=1, max_size=4, reconnect_timeout=RECONNECT_SECONDS)


def _is_ours(payload: str) -> bool:
    """Say whether a notification says what anybody may say: that there may be a job. Orders to abort one are read
    from the table, where only the control role writes them.
    """
    try:
        said = json.loads(payload)
    except ValueError:
        return False
    return isinstance(said, dict) and said.get("type") == "job_inserted"
