"""Streamed responses of agents end where one is stopped, or its key or its owner is not good any more."""

from __future__ import annotations

from typing import Any

from workix.core.current import Current


def end_stream(**_: Any) -> None:
    """Receive that a streamed response goes on. See Note [Streamed responses] in tenants/middleware.py.

    :raises AgentStopped: when the agent whose response it is was stopped.
    :raises KeyNotValid: when it was removed or has expired, or its owner may not log in.
    """
    from accounts.authentication.api_key import KeyNotValid  # noqa: PLC0415  # no command streams a response
    from agents.authentication import find_agent, stop_refusal  # noqa: PLC0415  # as above

    actor = Current.actor
    if actor.type != "agent" or actor.id is None:
        return
    found, is_good = find_agent(actor.id) or (None, False)
    if found is None or not is_good:
        raise KeyNotValid
    if (stopped := stop_refusal(found.agent)) is not None:
        raise stopped
