"""Prepared statements: what is asked all day is parsed and planned once a session, and not each time."""

# Note [Prepared statements]
# A statement that is prepared stays in the session of its role until that ends, so it costs memory on both sides: few are worth
# it, and Django prepares none. It goes with its session, as a connection goes back to the pool and is taken by its role again.
# Behind a pooler the next transaction may be in another session, which knows of none: there nothing is prepared.

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings


@contextmanager
def prepared(wrapper: Any) -> Iterator[None]:
    """Prepare each statement that a connection of Django makes in the block, once a session. See Note [Prepared statements]."""
    wrapper.ensure_connection()
    session = wrapper.connection
    if settings.WORKIX.pgbouncer is not None:
        yield
        return
    before, session.prepare_threshold = session.prepare_threshold, 0
    try:
        yield
    finally:
        session.prepare_threshold = before
