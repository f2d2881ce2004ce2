"""Streamed responses of agents end where one is stopped, or its key or its owner is not good any more."""

from __future__ import annotations

from typing import Any

from workix.core.current import Current


def end_stream(**_: Any) -> None:
    """Receive that a streamed response goes on. See Note [Streamed responses] in tenants/middleware.py.

    :raises AgentStopped: when the agent whose response it is was stopped.
    :raises KeyNotValid: when it was removed or has expired, or its owner may not log in.
    """
    from agents.authentication import require_acting  # noqa: PLC0415  # no command streams a response

    actor = Current.actor
    if actor.type == "agent" and actor.id is not None:
        require_acting(actor.id)
