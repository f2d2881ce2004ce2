"""Signals: what happens to agents, for whoever holds something that one would still do."""

from django.dispatch import Signal

#: Inside the transaction that stops `agent`, for a `reason`: whatever it would still do is dropped. Where a receiver fails,
#: nothing is stopped.
agent_stopped = Signal()

#: Inside the transaction that removes `agent`, for the same receivers.
agent_removed = Signal()
