"""Timeline of the audit trail: an entry as a sentence (who did what to which thing), and what it changed, before and after."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from audit import registry
from audit.models import LogEntry

#: Whoever has no name of their own.
_NAMELESS = {
    "anonymous": "somebody who was not logged in",
    "system": "the platform",
    "database": "a session of the database",
}
#: What is not done by whom it happens to.
HAPPENS = {"refused": "to", "locked_out": "for"}


class _Table(NamedTuple):
    """Heads beside the field's, and a row: of its name, what was before, and what is after."""

    heads: SafeString
    row: str


_AFTER = '<th scope="col">{}</th>'
_CHANGED = _Table(
    format_html(_AFTER * 2, "Before", "After"),
    '<tr><th scope="row">{}</th><td><del>{}</del></td><td><ins>{}</ins></td></tr>',
)
#: Of what is new, or only told, nothing was before.
_NEW = _Table(format_html(_AFTER, "Value"), '<tr><th scope="row">{0}</th><td><ins>{2}</ins></td></tr>')


def with_owners(entries: QuerySet[LogEntry]) -> QuerySet[LogEntry]:
    """Let each entry of an agent know the person for whom it acted, by the name they have now: `owner_label`."""
    people: Any = registry.model_of("user")
    named = registry.AUDITED[people].named_by[0]
    owners: QuerySet[Any] = QuerySet(people).filter(pk=OuterRef("on_behalf_of")).values(named)
    return entries.annotate(owner_label=Subquery(owners))


def who(entry: LogEntry) -> str:
    """Name who acted, and for whom an agent did, where that is known."""
    return actor(entry) if entry.on_behalf_of is None else f"{actor(entry)} for {owner(entry)}"


def actor(entry: LogEntry) -> str:
    return entry.actor_label or _NAMELESS.get(entry.actor_type, entry.actor_type)


def owner(entry: LogEntry) -> str:
    """Name for whom an agent acted."""
    return getattr(entry, "owner_label", None) or "somebody"


def sentence(entry: LogEntry, thing: str) -> SafeString:
    """Say what happened; `thing` is the name of the thing, or a link to it.

    What the database saw is done to a row; an event has its own verb, and may be somebody's misfortune.
    """
    verb = entry.action.rpartition(".")[2]
    if entry.source == "trigger":
        return format_html("<strong>{}</strong> {} {}", who(entry), verb, thing)
    by = HAPPENS.get(verb, "by")
    return format_html("{} was {} {} <strong>{}</strong>", thing, verb.replace("_", " "), by, who(entry))


def table_of_changes(entry: LogEntry, *, at_most: int | None = None) -> SafeString:
    """Write what was changed as a small table, or so many rows of it and how many there are beside."""
    rows = list(rows_of_changes(entry, at_most))
    if not rows:
        return SafeString("")
    more = len(entry.changes) - len(rows)
    table = _CHANGED if any(before for _name, before, _after in rows) else _NEW
    return format_html(
        '<table class="changes"><thead><tr><th scope="col">Field</th>{}</tr></thead><tbody>{}</tbody></table>{}',
        table.heads,
        format_html_join("", table.row, rows),
        format_html("<p>and {} more</p>", more) if more > 0 else "",
    )


def rows_of_changes(entry: LogEntry, at_most: int | None = None) -> Iterator[tuple[str, str, str]]:
    """Read changes, a pair for each field that was changed; what an event tells has no before.

    Where not all of them are shown, those that say something come first.
    """
    changes = list((entry.changes or {}).items())
    if at_most is not None:
        changes = sorted(changes, key=lambda change: _says_little(*change))[:at_most]
    for name, value in changes:
        if isinstance(value, list) and len(value) == 2:
            one = LogEntry(resource_type=entry.resource_type, changes={name: value})
            for label, shown in one.changes_display_dict.items():
                before, after = (_shown(raw, text) for raw, text in zip(value, shown, strict=True))
                yield str(label).replace("_", " "), before, after
        else:
            yield name.replace("_", " "), "", _text(value)


def _says_little(name: str, value: object) -> bool:
    """Say whether somebody who reads learns nothing by it: the id of a thing that is named beside, a field that is empty."""
    return name == "id" or value in ([None, ""], [None, None], [None, []], [None, {}])


def _shown(raw: object, text: str) -> str:
    """Write a value as the library does, apart from lists and objects, which it writes as Python."""
    return json.dumps(raw, ensure_ascii=False) if isinstance(raw, list | dict) else "" if raw is None else text


def _text(value: object) -> str:
    return "" if value is None else value if isinstance(value, str) else json.dumps(value)
