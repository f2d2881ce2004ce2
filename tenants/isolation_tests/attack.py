"""Attack technique: a name, SQL statements, and how its success is seen."""

# Note [What the attacker may use]
# Every technique is tried twice, as the role of one throw-away organization against the other. First as one injected
# statement through the product's own driver: all statements of the technique in one call, as an attacker has to send
# them who found a hole in a view. Then over a raw session with the role's own credentials, one statement after the
# other, errors ignored: more than any injection gives.
#
# Statements are plain SQL with names in double braces, which fixtures.py fills in. The attacker's: {{my_schema}}, {{my_role}},
# {{my_id}}, {{my_user}}, {{my_entry}}, {{my_consumption}} (of five executions), {{my_signed}} and {{my_mac}} (the signed call
# that made it), {{my_kept}} (the context of a transaction that is over), {{my_context}} and {{my_context_mac}} (a context that
# was signed an hour ago). The other's: {{their_schema}}, {{their_role}}, {{their_id}}, {{their_user}}, {{their_slug}},
# {{their_hash}}, {{their_job}}, {{their_pid}}, {{their_oid}}, {{their_consumption}}, {{their_signed}}, {{their_mac}},
# {{their_kept}}, {{their_fresh}} and {{their_fresh_mac}} (a context that was signed just now). {{owner}}, {{control}},
# {{sequencer}} and {{group}} are the shared roles, {{database}} the database. {{marker}} is a secret planted in the other's rows.
#
# Note [What would hit everybody]
# Where isolation is broken, an attack does what it says. What it would do to rows and objects of more than the two throw-away
# organizations is done in a transaction that nobody commits (`undone`): a proof beside customers must harm nobody, least of
# all when it finds something. The little that no transaction takes back is written so that it would harm nothing.

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Aim(StrEnum):
    """What an attacker is after: the classes of the matrix."""

    CONFIDENTIALITY = "confidentiality"
    INTEGRITY = "integrity"
    FORGERY = "forgery"
    TRANSPARENCY = "transparency"
    ESCALATION = "escalation"
    METADATA = "metadata"
    AVAILABILITY = "availability"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Aim.CONFIDENTIALITY: "reads another's rows or a platform secret",
    Aim.INTEGRITY: "alters another's data, own plan or quota, the audit trail",
    Aim.FORGERY: "forges who did something",
    Aim.TRANSPARENCY: "rewrites the tree over the trail, or is its sequencer",
    Aim.ESCALATION: "gains rights on the server",
    Aim.METADATA: "learns names, counts, sizes, timing of others",
    Aim.AVAILABILITY: "hurts others' service",
}

#: Where a single success means that isolation is broken.
CRITICAL = (Aim.CONFIDENTIALITY, Aim.INTEGRITY, Aim.FORGERY, Aim.TRANSPARENCY, Aim.ESCALATION)


@dataclass(frozen=True, slots=True)
class Returns:
    """Success when anything the server said to the attacker (rows, notices, errors) contains `text`."""

    text: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """Success when the server did the last statement."""


@dataclass(frozen=True, slots=True)
class Hits:
    """Success when the server did the last statement, and it met a row where it is about rows."""


@dataclass(frozen=True, slots=True)
class Answered:
    """Success when the last statement came back with a value."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Success when `query`, asked by the owner, returns something else afterwards."""

    query: str


@dataclass(frozen=True, slots=True)
class Holds:
    """Success when `query`, asked by the owner afterwards, returns true."""

    query: str


@dataclass(frozen=True, slots=True)
class Remains:
    """Success when the server did the last statement, or goes on with it, and the session is there four seconds later.

    The watchdog looks meanwhile, with a plan of no time and little room: what is tried is whether it sees, not how long a
    plan lasts.
    """


@dataclass(frozen=True, slots=True)
class Hinders:
    """Success when `statement` of the other organization fails while the attacker's session is open."""

    statement: str


@dataclass(frozen=True, slots=True)
class Lingers:
    """Success when `statement`, run next through the product as the other organization, returns `text`.

    Without `text`: when it fails.
    """

    statement: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class LocksOut:
    """Success when the product itself can't work for the attacked organization's own people any more."""


@dataclass(frozen=True, slots=True)
class LogsIn:
    """Success when `password` still opens a session after the product logged in once more."""

    password: str = field(repr=False)


Success = Returns | Accepted | Hits | Answered | Changes | Holds | Remains | Hinders | Lingers | LocksOut | LogsIn


def undone(*statements: str) -> tuple[tuple[str, ...], Hits]:
    """Make statements and success of a technique whose session ends before it commits. See Note [What would hit everybody]."""
    return ("BEGIN", *statements), Hits()


@dataclass(frozen=True, slots=True)
class Technique:
    """One thing that must be impossible.

    `known`: why it can't be closed; it is then listed, and no failure. `hardening`: closed only by hardening pg_catalog,
    which needs a superuser at set-up. `connects`: the raw session is opened with these parameters of libpq
    (there is no driver's way then). `sessions`: that many are opened at once. `since`: the first version of
    PostgreSQL that knows the statements.
    """

    aim: Aim
    name: str
    statements: tuple[str, ...]
    success: Success
    known: str = ""
    hardening: bool = False
    connects: Mapping[str, str] = field(default_factory=dict, hash=False)
    sessions: int = 1
    since: int = 15
