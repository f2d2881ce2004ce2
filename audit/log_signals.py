"""pre_log and post_log (django-auditlog's signals): whoever listens is told of a save() once the trigger wrote its entry."""

# Note [What a listener is told]
# The trigger writes the entry; a listener gets the same composed in memory, of the values a row was loaded with and those it
# was saved with, so nothing is read for it, and what only the database knows (id, time) is not in it. Where nobody listens
# nothing is composed, and no row remembers what it was loaded with. A row that was loaded before anybody listened, or never,
# says that it changed and not what (changes is None). Nobody is told of a delete(): Django would read every row first that
# is to go, for all who do not listen. Nothing is told of what sends no signal, and False from pre_log keeps nothing out of
# the trail.

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from auditlog import get_logentry_model
from auditlog.signals import post_log, pre_log
from django.db import models
from django.db.models.signals import post_save, pre_save

from audit import registry
from audit.context import columns
from workix.core.current import Current


def connect(audited: Iterable[type[models.Model]]) -> None:
    """Listen to the saves of audited models, for whoever listens to django-auditlog's signals."""
    for model in audited:
        _remember_loaded(model)
        pre_save.connect(before_save, sender=model, dispatch_uid=before_save)
        post_save.connect(after_save, sender=model, dispatch_uid=after_save)


def before_save(sender: type[models.Model], *, instance: models.Model, **kwargs: Any) -> None:
    """Send pre_log; what it answers is handed on to post_log, and decides nothing."""
    if pre_log.receivers:
        state: Any = instance._state
        state.pre_log_results = pre_log.send(sender, instance=instance, action=_action(state.adding))


def after_save(
    sender: type[models.Model], *, instance: models.Model, created: bool, update_fields: Any = None, **kwargs: Any
) -> None:
    """Send post_log with the entry as the trigger wrote it. See Note [What a listener is told]."""
    if not post_log.receivers:
        return
    state: Any = instance._state
    before, after = None if created else getattr(state, "loaded", None), _values(instance)
    changes = _changes(sender, {} if created else before, after, update_fields)
    state.loaded = (
        after if before is None or not update_fields else before | {each: after[each] for each in changes or ()}
    )
    if changes or changes is None or created:
        post_log.send(
            sender,
            instance=instance,
            instance_old=None,
            action=_action(created),
            error=None,
            pre_log_results=state.__dict__.pop("pre_log_results", []),
            changes=changes,
            log_entry=_entry(instance, changes, created),
            log_created=True,
            use_json_for_changes=True,
        )


def _entry(instance: models.Model, changes: dict[str, list[Any]] | None, created: bool) -> Any:
    """Compose the entry, of who acts and what was done."""
    resource = registry.AUDITED[type(instance)].resource
    removed = changes is not None and changes.get("deleted_at", [None, None])[1] is not None
    entry = get_logentry_model()(
        **columns(Current.context),
        action=f"{resource}.{'created' if created else 'deleted' if removed else 'updated'}",
        resource_type=resource,
        resource_id=str(instance.pk),
        resource_label=registry.name_of(instance),
        changes=changes,
    )
    additional = getattr(instance, "get_additional_data", None)
    entry.additional_data = additional() if callable(additional) else None
    return entry


def _changes(
    model: type[models.Model], before: dict[str, Any] | None, after: dict[str, Any], update_fields: Any
) -> dict[str, list[Any]] | None:
    """Compare by column, as the trigger does: secrets hidden, and nothing said of what is no act."""
    if before is None:
        return None
    registered = registry.registry.get_model_fields(model)
    found: dict[str, list[Any]] = {}
    for field in model._meta.concrete_fields:
        column = str(field.column)
        saved = not update_fields or field.name in update_fields or field.attname in update_fields
        pair = [before.get(column), after[column]]
        if saved and pair[0] != pair[1] and field.name not in registered["exclude_fields"]:
            found[column] = [registry.REDACTED] * 2 if field.name in registered["mask_fields"] else pair
    return found


def _values(instance: models.Model) -> dict[str, Any]:
    return {str(field.column): instance.__dict__.get(field.attname) for field in instance._meta.concrete_fields}


def _action(created: bool) -> int:
    actions: Any = get_logentry_model().Action
    return int(actions.CREATE if created else actions.UPDATE)


def _remember_loaded(model: Any) -> None:
    """Let rows remember what they were loaded with, as Django's page on from_db() shows, while anybody listens."""
    inner = model.from_db.__func__

    def from_db(cls: Any, *loaded: Any) -> Any:
        row = inner(cls, *loaded)
        if post_log.receivers:
            row._state.loaded = _values(row)
        return row

    model.from_db = classmethod(from_db)
