"""What we hold about a person: rows of theirs in every app's tables, their invitations, and entries of the audit trail."""

# Note [What is a person's]
# No app is known here by name. A row is a person's where a foreign key to them says that it goes with them (CASCADE): sessions,
# second factors, whatever a feature app keeps of them. A row that only says who made it (SET_NULL) is the organization's.
# Columns are shown by their class: ordinary and personal ones are, a secret is nobody's to read.
#
# Of the trail it is what they did, agents on their behalf too, and what was done to them. Others have rights, too (GDPR,
# article 15 (4)): who acted on them stays unnamed, and so does what they changed of other people.

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet

from accounts.models import Invitation, User
from audit.entry_json import entry_as_json
from audit.exports.reading import batches
from audit.models import LogEntry
from audit.registry import AUDITED
from privacy.models import PrivacyExport
from workix.core.apps import tenant_models
from workix.core.classification import Sensitivity, find_sensitivity

Row = dict[str, Any]
#: What an entry by somebody else does not tell: who that was, from where, and in which words.
_OF_OTHERS = {
    "user_id": None,
    "actor": None,
    "ip_address": "",
    "user_agent": "",
    "reason": "",
    "run_id": "",
    "step_id": "",
}


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of one kind. `read` begins anew each time."""

    name: str
    columns: tuple[str, ...]
    read: Callable[[], Iterator[Row]]


def tables_of(person: User) -> Iterator[Table]:
    """List everything there is of a person, by kind, the trail last. See Note [What is a person's]."""
    yield table_of("users", User.with_removed.filter(id=person.id))
    yield table_of("invitations", Invitation.objects.filter(email=person.email))
    for model, keys in own_models().items():
        if model is not PrivacyExport:
            yield table_of(model._meta.db_table, rows_of(person, model, keys))
    yield Table("audit_logs", ENTRY_COLUMNS, lambda: entries_as_rows(person))


def own_models() -> dict[type[models.Model], tuple[str, ...]]:
    """Map the models whose rows go with a person to the foreign keys that say so."""
    found = {model: _keys_to_people(model) for model in tenant_models() if model._meta.managed}
    return {model: keys for model, keys in sorted(found.items(), key=lambda each: each[0]._meta.db_table) if keys}


def rows_of(person: User, model: type[models.Model], keys: Iterable[str]) -> QuerySet[Any]:
    """Find a person's rows of a model, whatever its own manager hides."""
    mine = Q()
    for key in keys:
        mine |= Q(**{key: person.id})
    return models.QuerySet(model).filter(mine).order_by("pk")


def entries_of(person: User) -> QuerySet[LogEntry]:
    """Find what the trail says about a person: what they did, and what was done to them."""
    theirs = Q(actor_id=person.id) | Q(on_behalf_of=person.id)
    return LogEntry.objects.filter(theirs | Q(resource_id=str(person.id)))


#: The columns of an entry as a person is shown it; as in the export of the trail, but for the actor's.
ENTRY_COLUMNS = (
    *("id", "created_at", "actor", "action", "resource_type", "resource_id", "resource_label", "changes", "reason"),
    *("ip_address", "user_agent", "request_id", "run_id", "step_id"),
)


def entries_as_rows(person: User) -> Iterator[Row]:
    for entry in chain.from_iterable(batches(entries_of(person))):
        yield _shown(entry, person)


def _shown(entry: LogEntry, person: User) -> Row:
    """Write an entry without what is another person's. See Note [What is a person's]."""
    row = entry_as_json(entry)
    if person.id not in (entry.actor_id, entry.on_behalf_of):
        row |= _OF_OTHERS
    if entry.resource_id != str(person.id) and entry.resource_type in _about_people():
        row |= {"resource_label": "", "changes": {}}
    return {name: row[name] for name in ENTRY_COLUMNS}


def _about_people() -> frozenset[str]:
    """Name the resources that are people, or go with one."""
    kinds = {User, Invitation, *own_models()}
    return frozenset(how.resource for model, how in AUDITED.items() if model in kinds)


def table_of(name: str, rows: QuerySet[Any]) -> Table:
    """Read rows as they are shown: by the class of each column, without secrets."""
    shown = [
        field
        for field in rows.model._meta.concrete_fields
        if find_sensitivity(field) in (Sensitivity.ORDINARY, Sensitivity.PERSONAL)
    ]
    columns = tuple(str(field.column) for field in shown)
    read = rows.values_list(*(field.attname for field in shown))
    return Table(name, columns, lambda: (dict(zip(columns, row, strict=True)) for row in read.iterator(chunk_size=500)))


def _keys_to_people(model: type[models.Model]) -> tuple[str, ...]:
    return tuple(
        field.attname
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
        and field.related_model is User
        and field.remote_field.on_delete is models.CASCADE
    )
