"""Tenant scope: use_tenant() and use_platform() say whose data this block may touch (also in generators, threads, async)."""

# Note [Whose block it is]
# A scope belongs to the block that entered it. Three things would lend it to others:
# - A generator (or coroutine) that waits inside its block: who took a value from it runs as the organization of the generator.
#   Python tells such functions apart, so a scope knows the frame of the one it was entered in, and while there is any, each
#   statement looks whether the frame that is nearest on the stack is the one of the scope. Without any, it is one look at
#   an empty dictionary. Frames are known by their id: a reference would keep an abandoned generator alive.
# - Leaving out of order. Who was there before is no longer known, so nobody is: every scope of the connection is left, and
#   the connection closed. Who is still inside one of the blocks meets an error at the next statement, and leaving it.
# - Leaving in another thread, where a garbage collector ended a generator. A connection is not touched from there: it is
#   marked, and its own thread does the same at its next statement.
# Context variables are copied into tasks and threads, connections are not: the two must name the same organization.

from __future__ import annotations

from inspect import CO_ASYNC_GENERATOR, CO_COROUTINE, CO_GENERATOR, currentframe
from threading import get_ident
from types import FrameType
from typing import TYPE_CHECKING, Any

from django.db import DEFAULT_DB_ALIAS, connections

from tenants.isolation.database_roles import DatabaseRole, control_role, tenant_role
from workix.core.current import Current

if TYPE_CHECKING:
    from tenants.models import Organization  # the database backend needs this file before any model

_WAITS_INSIDE = CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR
_ENTERS_FOR_OTHERS = ("contextlib", "tenants.backend.contexts")

#: How many scopes each generator or coroutine has entered and not left, by the id of its frame.
holders: dict[int, int] = {}


def use_tenant(organization: Organization) -> Scope:
    """Work for one organization inside the block, on a connection of its own role."""
    return Scope(tenant_role(organization), organization)


def use_platform() -> Scope:
    """Work on the few tables of `public` inside the block, as the control role. No organization is in scope."""
    return Scope(control_role())


def use_nothing() -> Scope:
    """Touch no data inside the block: every query is an error."""
    return Scope(None)


class LeftOutOfOrder(RuntimeError):
    """A scope was left by another block or thread than entered it, or before one that was entered later."""


class Scope:
    """For the length of one block: as whom we are logged in, and which organization is current."""

    __slots__ = ("_before", "_current", "_holds", "_thread", "holder", "organization", "outer", "role", "wrapper")

    def __init__(self, role: DatabaseRole | None, organization: Organization | None = None) -> None:
        self.role, self.organization = role, organization
        self.wrapper: Any = None

    def __enter__(self) -> Organization | None:
        """Enter it, once.

        :raises ScopeChangeInTransaction: inside a transaction that was begun as somebody else.
        """
        if self.wrapper is not None:
            raise RuntimeError("A scope is entered once: ask for another one.")
        wrapper: Any = connections[DEFAULT_DB_ALIAS]  # this thread's; looked up once, for the way out too
        if wrapper.left_elsewhere:
            wrapper.leave_all()
        self._before = wrapper.database_role, wrapper.entered_organization
        wrapper.enter(self.role, self.organization)
        self._make_current()
        self._thread, self.wrapper = get_ident(), wrapper
        self.outer, wrapper.scope = wrapper.scope, self
        self._hold(currentframe())
        return self.organization

    def __exit__(self, *_: object) -> None:
        """Return to the scope before.

        :raises LeftOutOfOrder: when this one is not the last one entered, here. See Note [Whose block it is].
        """
        wrapper = self.wrapper
        self._let_go()
        if wrapper is None:
            raise LeftOutOfOrder("This scope was left already: one around it, or entered before it, was left first.")
        if get_ident() != self._thread:
            wrapper.left_elsewhere = True
            raise LeftOutOfOrder("A scope was left by another thread than entered it. Its connection is closed.")
        if wrapper.scope is not self or not wrapper.may_enter(self._before[0]) or not self.drop():
            wrapper.leave_all()
            raise LeftOutOfOrder("Scopes must be left in the reverse order they were entered. All of them were left.")
        wrapper.scope = self.outer
        wrapper.enter(*self._before)

    def drop(self) -> bool:
        """Make current who was before; say whether this is the context that entered the scope."""
        self.wrapper = None
        return self._reset_current()

    def _make_current(self) -> None:
        self._current = Current.scoped(organization=self.organization)
        self._current.__enter__()

    def _reset_current(self) -> bool:
        """Make current what was before; say whether this is the context of the one who entered."""
        try:
            self._current.__exit__()
        except ValueError:  # of another context
            return False
        return True

    def _hold(self, frame: FrameType | None) -> None:
        block = _block_around(frame)
        self._holds = block is not None and bool(block.f_code.co_flags & _WAITS_INSIDE)
        if self._holds:
            self.holder: int | None = id(block)
            holders[id(block)] = holders.get(id(block), 0) + 1
        else:
            self.holder = nearest_holder(block) if holders else None

    def _let_go(self) -> None:
        if self._holds and self.holder is not None:
            self._holds = False
            left = holders[self.holder] - 1
            if left:
                holders[self.holder] = left
            else:
                del holders[self.holder]


class RoleScope(Scope):
    """For the length of one block: as whom we are logged in. Who is current stays as it is."""

    def _make_current(self) -> None: ...

    def _reset_current(self) -> bool:
        return True


def is_own(scope: Scope) -> bool:
    """Say whether the block that runs entered this scope, or one of the same role: it may make a statement."""
    nearest = nearest_holder(currentframe())
    entered: Scope | None = scope
    while entered is not None and entered.holder != nearest:
        entered = entered.outer
    return entered is not None and entered.role == scope.role


def nearest_holder(frame: FrameType | None) -> int | None:
    """Find the innermost generator or coroutine at work that holds a scope."""
    while frame is not None:
        if id(frame) in holders:
            return id(frame)
        frame = frame.f_back
    return None


def _block_around(frame: FrameType | None) -> FrameType | None:
    """Find the function whose `with` block is entered: what only makes a context manager is passed by."""
    while frame is not None and (_enters_for_another(frame) or _is_context_manager(frame)):
        frame = frame.f_back
    return frame


def _enters_for_another(frame: FrameType) -> bool:
    return frame.f_code.co_name in ("__enter__", "__aenter__") or frame.f_globals.get("__name__") in _ENTERS_FOR_OTHERS


def _is_context_manager(frame: FrameType) -> bool:
    """Say whether this is a generator that contextlib runs up to its yield."""
    caller = frame.f_back if frame.f_code.co_flags & _WAITS_INSIDE else None
    return caller is not None and caller.f_globals.get("__name__") == "contextlib"
