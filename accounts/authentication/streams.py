"""Streamed responses end where a key was revoked or a person's sessions have ended. See Note [Streamed responses]."""

from __future__ import annotations

from typing import Any

from workix.core.current import Current


def end_stream(**_: Any) -> None:
    """Receive that a streamed response goes on. Of a person any good session will do: which one it was is not known any more.

    :raises KeyNotValid: when the key whose response it is was revoked, or expired.
    :raises SessionRevoked: when no session of the person is good.
    """
    from accounts.authentication.api_key import KeyNotValid, find_key  # noqa: PLC0415  # no command streams a response
    from accounts.authentication.bearer import SessionRevoked, find_in_newest_session  # noqa: PLC0415  # as above

    actor = Current.actor
    if actor.id is None or Current.find_organization() is None:
        return
    if actor.type == "api_key":
        key = find_key(actor.id)
        if key is None or not key[1]:
            raise KeyNotValid
    elif actor.type == "person" and find_in_newest_session(actor.id) is None:
        raise SessionRevoked
