"""Current: the context of an act (actor, organization, request id, reason), and what counts as a reason."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any, Protocol
from unicodedata import bidirectional, category, normalize
from uuid import UUID

from workix.core.errors import Invalid

#: In characters: as many as the column of the trail has.
LONGEST_REASON = 500
#: Control characters, surrogates, separators of lines and paragraphs, as Unicode sorts them.
_NOT_IN_A_LINE = {"Cc", "Cs", "Zl", "Zp"}
#: What makes a line read in another order than it is written (Unicode Standard Annex 9): embeddings, overrides, isolates.
_TURNS_A_LINE = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


class OrganizationInScope(Protocol):
    """What everybody may know of the organization in scope."""

    id: UUID
    name: str
    slug: str
    schema_name: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. `type` is person, operator, api_key, agent, system or anonymous."""

    type: str
    id: UUID | None = None
    label: str = ""
    #: The person an agent acts for, and the permissions of theirs that it may use.
    on_behalf_of: UUID | None = None
    scopes: frozenset[str] | None = None
    #: Percent of each quota of the organization that an agent may use.
    quota_share: int | None = None

    @property
    def person_id(self) -> UUID | None:
        """Whose rights are used, where that is a person of an organization: their own, or of whom an agent acts for."""
        return self.id if self.type == "person" else self.on_behalf_of


ANONYMOUS = Actor("anonymous")
SYSTEM = Actor("system", label="Workix")


@dataclass(frozen=True, slots=True)
class Context:
    """One immutable snapshot of the circumstances of an act."""

    organization: OrganizationInScope | None = None
    actor: Actor = ANONYMOUS
    request_id: str = ""
    #: The trace the client says this belongs to (W3C Trace Context): to find it again, never to trust it.
    trace_id: str = ""
    ip_address: str = ""
    user_agent: str = ""
    #: What the client says makes it a known device; nobody has looked at it yet.
    device: str = field(default="", repr=False)
    reason: str = ""
    #: The client's own names of the run this belongs to, and of the step in it; nothing is trusted that hangs on them.
    run_id: str = ""
    step_id: str = ""
    dry_run: bool = False
    #: In a job: the agent that asked for it, where one did.
    agent_id: UUID | None = None


class NoOrganizationInScope(RuntimeError):
    """Something asked for the organization where none was entered."""


_NAMES = [each.name for each in fields(Context)]
_values = attrgetter(*_NAMES)
_EMPTY = Context()
_context: ContextVar[Context] = ContextVar("workix_current", default=_EMPTY)


class _Current:
    """The only ambient object. Empty in every new thread and every new job."""

    @property
    def context(self) -> Context:
        return _context.get()

    @property
    def organization(self) -> OrganizationInScope:
        """The organization in scope.

        :raises NoOrganizationInScope: when none is; never "all", never "the last one".
        """
        organization = _context.get().organization
        if organization is None:
            raise NoOrganizationInScope("No organization is in scope. Enter one with use_tenant().")
        return organization

    def find_organization(self) -> OrganizationInScope | None:
        return _context.get().organization

    @property
    def actor(self) -> Actor:
        return _context.get().actor

    @property
    def request_id(self) -> str:
        return _context.get().request_id

    def update(self, **changes: Any) -> None:
        """Change what is known from here to the end of the surrounding `scoped()`."""
        _context.set(_changed(changes))

    def scoped(self, **changes: Any) -> _Scoped:
        """Change what is known inside the block; everything is as before after it."""
        return _Scoped(_changed(changes))

    def fresh(self, **changes: Any) -> _Scoped:
        """Start from nothing inside the block: a new request, job or command."""
        return _Scoped(Context(**changes))

    def resumed(self, context: Context) -> _Scoped:
        """Go on inside the block with a context of before: a response that is written after its request was done."""
        return _Scoped(context)


def _changed(changes: Mapping[str, Any]) -> Context:
    """Return the context of now with these changes: dataclasses.replace() looks at each field anew, for every request."""
    return Context(**{**dict(zip(_NAMES, _values(_context.get()), strict=True)), **changes})


class _Scoped:
    """A context that holds for one block, in one thread."""

    __slots__ = ("_inside", "_token")

    def __init__(self, inside: Context) -> None:
        self._inside = inside

    def __enter__(self) -> Context:
        self._token = _context.set(self._inside)
        return self._inside

    def __exit__(self, *_: object) -> None:
        _context.reset(self._token)


Current = _Current()


class NoReason(Invalid):
    detail = 'Say why, in one line of up to 500 characters: --reason "…". It is kept in the audit trail.'

    def __init__(self) -> None:
        super().__init__(field="reason", problem="required")


def check_reason(text: str) -> str:
    """Return why somebody acts, as it is kept.

    :raises NoReason: when there is no letter and no digit in it, when it is not one line, or longer than is kept.
    """
    reason = normalize("NFC", text).strip()
    says_something = any(character.isalnum() for character in reason) and len(reason) <= LONGEST_REASON
    if not says_something or not all(map(_stands_in_a_line, reason)):
        raise NoReason
    return reason


def _stands_in_a_line(character: str) -> bool:
    return category(character) not in _NOT_IN_A_LINE and bidirectional(character) not in _TURNS_A_LINE
