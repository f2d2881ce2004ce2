"""Explanation of an entry ("why?"): who did it, for whom, why, in which request, what changed, what came before and after."""

# Note [Tellers]
# The trail knows who acted, why and in which request; an app above it knows more, such as under which approval. It registers a
# teller: a function from an entry to what it has to say of it, or nothing.

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q

from audit.models import LogEntry
from audit.reading.timeline import HAPPENS, actor, owner, rows_of_changes, who, with_owners

TRAIL = "/api/v1/audit-logs/"
_AS = {
    "person": "as a person of the organization",
    "operator": "as an operator of the platform",
    "api_key": "as a service, by an API key",
    "agent": "as an agent",
    "system": "as the platform itself",
    "anonymous": "without being logged in",
    "database": "by a session of the database, past the platform",
}


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence, what it is about, and the path of the API where more of it is."""

    about: str
    said: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """An entry in sentences, with the entries of the same thing before and after it."""

    entry: LogEntry
    said: tuple[Said, ...]
    earlier: LogEntry | None
    later: LogEntry | None


Teller = Callable[[LogEntry], Said | None]
_TELLERS: list[Teller] = []


def teller(tell: Teller) -> Teller:
    """Register what an app knows of entries besides. See Note [Tellers]."""
    _TELLERS.append(tell)
    return tell


def explain(entry: LogEntry) -> Explanation:
    """Say in plain sentences what an entry is about, read `with_owners`. Names, reasons and values in them are others' words."""
    earlier, later = _neighbours(entry)
    said = [
        *_who(entry),
        _why(entry),
        *filter(None, (tell(entry) for tell in _TELLERS)),
        *_run(entry),
        *_where_from(entry),
        *_changes(entry),
        *_beside("earlier", "Before it", earlier),
        *_beside("later", "After it", later),
    ]
    return Explanation(entry, tuple(said), earlier, later)


def plain_sentence(entry: LogEntry) -> str:
    """Say what happened, as `sentence` does, without HTML."""
    verb = entry.action.rpartition(".")[2]
    thing = f"{entry.resource_type} {entry.resource_label or entry.resource_id}".strip()
    if entry.source == "trigger":
        return f"{who(entry)} {verb} {thing}"
    return f"{thing} was {verb.replace('_', ' ')} {HAPPENS.get(verb, 'by')} {who(entry)}"


def _who(entry: LogEntry) -> Iterator[Said]:
    yield Said("act", f"{plain_sentence(entry)} on {entry.created_at:%d %B %Y at %H:%M:%S} UTC.")
    behalf = f", on behalf of {owner(entry)}" if entry.on_behalf_of else ""
    yield Said("actor", f"{actor(entry)} acted {_AS.get(entry.actor_type, entry.actor_type)}{behalf}.")
    if entry.is_verified is False:
        yield Said("actor", "Who acted is not known for certain: it was written past the platform.")


def _why(entry: LogEntry) -> Said:
    return Said("reason", f"The reason that was given: “{entry.reason}”" if entry.reason else "No reason was given.")


def _run(entry: LogEntry) -> Iterator[Said]:
    if entry.run_id:
        step = f", in its step {entry.step_id}" if entry.step_id else ""
        where = f"{TRAIL}?{urlencode({'run_id': entry.run_id})}"
        yield Said("run", f"It is part of the run {entry.run_id}{step}, as whoever acted calls it.", where)


def _where_from(entry: LogEntry) -> Iterator[Said]:
    if entry.ip_address:
        yield Said("address", f"It came from {entry.ip_address}.")
    if entry.request_id:
        many = LogEntry.objects.filter(request_id=entry.request_id).count()
        wrote = "no other entry" if many == 1 else f"{many:,} entries in all"
        where = f"{TRAIL}?{urlencode({'request_id': entry.request_id})}"
        yield Said("request", f"The request {entry.request_id} wrote {wrote}.", where)


def _changes(entry: LogEntry) -> Iterator[Said]:
    rows = list(rows_of_changes(entry))
    for name, before, after in rows:
        told = f"from “{before}” to “{after}”" if before else f"“{after}”"
        yield Said("change", f"{name}: {told}.")
    if not rows:
        yield Said("change", "Nothing was changed.")


def _beside(about: str, when: str, entry: LogEntry | None) -> Iterator[Said]:
    if entry is not None:
        told = f"{when}, on {entry.created_at:%d %B %Y at %H:%M:%S} UTC: {plain_sentence(entry)}."
        yield Said(about, told, f"{TRAIL}{entry.pk}/")


def _neighbours(entry: LogEntry) -> tuple[LogEntry | None, LogEntry | None]:
    """Find the entries of the same thing next to one; an event of no thing has none."""
    if not entry.resource_id:
        return None, None
    same = with_owners(LogEntry.objects.filter(resource_type=entry.resource_type, resource_id=entry.resource_id))
    moment = entry.created_at
    before = Q(created_at__lt=moment) | Q(created_at=moment, id__lt=entry.pk)
    after = Q(created_at__gt=moment) | Q(created_at=moment, id__gt=entry.pk)
    return same.filter(before).first(), same.filter(after).order_by("created_at", "id").first()
