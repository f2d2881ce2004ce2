"""Every model that is audited, crossed with every path of a mutation: one entry a changed row, whatever wrote it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from django.db import connection, models, transaction
from django.utils import timezone

from accounts.models import SecurityPolicy
from agents.models import ApprovalPolicy
from audit.models import LogEntry
from audit.registry import AUDITED
from tenants.scope import use_tenant
from tests.acts import set_limit
from tests.cast import Cast
from workix.core.apps import tenant_models
from workix.core.current import Actor, Current

Model = type[models.Model]
#: What happened to which row.
Acts = list[tuple[str, str]]

#: Of some models an organization has one row: the paths need two. tests/integration/accounts/policies/ has those of it.
ONE_ROW = {ApprovalPolicy, SecurityPolicy}
MODELS = [model for model in tenant_models() if model in AUDITED and model not in ONE_ROW]
_numbers = count()
#: Of each relation how often it was filled.
_related: dict[models.Field[Any, Any], count[int]] = defaultdict(count)


def instance(model: Model) -> models.Model:
    """Make up a row that is like no other."""
    return model(**{field.attname: _value(field) for field in model._meta.concrete_fields if _is_needed(field)})


def two(model: Model) -> list[models.Model]:
    """Write two rows for a path to change. Each is an entry, too."""
    return list(model._base_manager.bulk_create([instance(model), instance(model)]))


def _is_needed(field: models.Field[Any, Any]) -> bool:
    return not (field.has_default() or field.has_db_default() or field.null or field.blank or field.generated)


def _value(field: models.Field[Any, Any]) -> Any:
    number = next(_numbers)
    if field.is_relation:
        related: Model = field.related_model  # type: ignore[assignment]  # ours has a model
        rows = related._base_manager.order_by("pk")
        there = list(rows) or (two(related) and list(rows.all()))
        # Each time another of those that are there, as people are: new ones would take seats that are spent soon. And of
        # each relation in turn: two rows in a row have others, also where no two may have the same.
        return there[next(_related[field]) % len(there)].pk
    if isinstance(field, models.DateTimeField):
        return timezone.now()
    if isinstance(field, models.EmailField):
        return f"{number}@acme.example"
    if isinstance(field, models.DateTimeField):
        return timezone.now()
    return f"value {number}" if isinstance(field, models.CharField | models.TextField) else number


def changing(model: Model) -> str:
    """Name an attribute that takes any text, or any truth value."""
    text = [
        field.attname
        for field in model._meta.concrete_fields
        if type(field) is not models.EmailField
        and isinstance(field, models.CharField | models.TextField)
        and not field.choices
        and field.attname != "password"
    ]
    # Where each text is in a constraint, one that is unique beside another row only: the two that are made have others.
    return min(text, key=lambda name: name in _unique(model))


def _unique(model: Model) -> set[str]:
    """Name the attributes that no two rows have alike."""
    found = {field.attname for field in model._meta.concrete_fields if field.unique}
    for each in model._meta.constraints:
        if isinstance(each, models.UniqueConstraint):
            looked_at = (part for expression in each.expressions for part in expression.flatten())
            found |= {*each.fields, *(part.name for part in looked_at if isinstance(part, models.F))}
    return found


def _created(*made: models.Model) -> Acts:
    return [("created", str(each.pk)) for each in made]


def _updated(*changed: models.Model) -> Acts:
    return [("updated", str(each.pk)) for each in changed]


def _deleted(*gone: str) -> Acts:
    return [("deleted", each) for each in gone]


def _is_pointed_to_from_public(model: Model) -> bool:
    ours = set(tenant_models())
    return any(each.related_model not in ours for each in model._meta.related_objects)


def by_create(model: Model) -> Acts:
    return _created(model._base_manager.create(**{f: v for f, v in vars(instance(model)).items() if f != "_state"}))


def by_save(model: Model) -> Acts:
    made = instance(model)
    made.save()
    return _created(made)


def by_bulk_create(model: Model) -> Acts:
    return _created(*model._base_manager.bulk_create([instance(model), instance(model)]))


def by_saving_again(model: Model) -> Acts:
    (first, _) = two(model)
    setattr(first, changing(model), "another")
    first.save()
    return _updated(first)


def by_bulk_update(model: Model) -> Acts:
    both = two(model)
    for each in both:
        setattr(each, changing(model), f"another {each.pk}")
    model._base_manager.bulk_update(both, [changing(model)])
    return _updated(*both)


def by_update(model: Model) -> Acts:
    both = two(model)
    model._base_manager.filter(pk__in=[each.pk for each in both]).update(**{changing(model): "another"})
    return _updated(*both)


def by_upsert(model: Model) -> Acts:
    (first, _) = two(model)
    setattr(first, changing(model), "another")
    keys = [model._meta.pk.name]
    model._base_manager.bulk_create([first], update_conflicts=True, unique_fields=keys, update_fields=[changing(model)])
    return _updated(first)


def by_delete(model: Model) -> Acts:
    (first, _) = two(model)
    key = str(first.pk)
    models.Model.delete(first)
    return _deleted(key)


def by_deleting_many(model: Model) -> Acts:
    keys = [each.pk for each in two(model)]
    model._base_manager.filter(pk__in=keys).delete()
    return _deleted(*map(str, keys))


def by_raw_sql(model: Model) -> Acts:
    first, second = two(model)
    table, key = model._meta.db_table, model._meta.pk.column
    column = model._meta.get_field(changing(model)).column  # type: ignore[union-attr]  # a column of its own
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = 'another' WHERE {key} = %s", [first.pk])
        cursor.execute(f"DELETE FROM {table} WHERE {key} = %s", [second.pk])
    return _updated(first) + _deleted(str(second.pk))


def by_merge(model: Model) -> Acts:
    first, second = two(model)
    table, key = model._meta.db_table, model._meta.pk.column
    column = model._meta.get_field(changing(model)).column  # type: ignore[union-attr]  # a column of its own
    with connection.cursor() as cursor:
        cursor.execute(
            f"MERGE INTO {table} AS t USING (VALUES (%s::uuid, true), (%s::uuid, false)) AS s (key, stays) ON t.{key} = s.key"
            f" WHEN MATCHED AND stays THEN UPDATE SET {column} = 'another' WHEN MATCHED THEN DELETE",
            [first.pk, second.pk],
        )
    return _updated(first) + _deleted(str(second.pk))


PATHS: list[Callable[[Model], Acts]] = [
    by_create,
    by_save,
    by_bulk_create,
    by_saving_again,
    by_bulk_update,
    by_update,
    by_upsert,
    by_delete,
    by_deleting_many,
    by_raw_sql,
    by_merge,
]


#: The ORM looks for rows that point to one it deletes, in tables of `public` too, which an organization's role can't read:
#: such a model is deleted by raw SQL alone.
ORM_DELETIONS = (by_delete, by_deleting_many)
CROSSED = [
    (model, path)
    for model in MODELS
    for path in PATHS
    if path not in ORM_DELETIONS or not _is_pointed_to_from_public(model)
]


@pytest.mark.requirement("N3")
@pytest.mark.requirement("S84")
@pytest.mark.parametrize(
    ("model", "path"), CROSSED, ids=[f"{model._meta.label}-{path.__name__}" for model, path in CROSSED]
)
def test_a_changed_row_is_one_entry(acme: Cast, model: Model, path: Callable[[Model], Acts]) -> None:
    actor = Actor("person", acme.people["alice"].id, "alice@acme.example")
    set_limit(acme, "users", 100)  # a row that is somebody's brings them along
    with use_tenant(acme.organization):
        before = set(LogEntry.objects.values_list("id", flat=True))
        with Current.scoped(actor=actor), transaction.atomic():
            acts = path(model)
        entries = LogEntry.objects.exclude(id__in=before).filter(resource_type=AUDITED[model].resource)
        found = [(action.partition(".")[2], key) for action, key in entries.values_list("action", "resource_id")]
        prepared = [act for act in found if act[0] == "created" and act not in acts]
        who = set(entries.values_list("actor_type", "actor_id", "source", "is_verified"))
    assert sorted(found) == sorted([*acts, *prepared])
    assert len(prepared) == len(set(prepared))
    assert who == {("person", actor.id, "trigger", True)}


def test_there_is_something_to_cross() -> None:
    assert {model._meta.label for model in MODELS} >= {"accounts.User"}
