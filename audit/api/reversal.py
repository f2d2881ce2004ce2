"""POST /audit-logs/{id}/reversal/: undo, through the resource's own view: its permission, its serializer, its rules."""

# Note [Through its own view]
# What puts a thing back is the call that anybody would make to change it: PATCH with what was there before, or DELETE of what
# was added, by the person who asks for the reversal. So it asks the permission of that call, and a recent log-in where that
# does, takes seats, keeps the last admin, mails whom it mails, and is an entry as any change. What stands in the way is looked
# for before, and once more behind the change, when its row is locked: whoever was in between is found in the trail, and all is
# rolled back.

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO
from typing import Any

import orjson
from django.core.handlers.wsgi import WSGIRequest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import ListField

from audit.models import LogEntry
from audit.reading.reversal import NotReversible, Reversal, plan, require_nothing_newer
from audit.recording import record
from workix.core.permissions import permits

View = Callable[..., Response]


def reverse(request: Request, entry: LogEntry) -> LogEntry | Response:
    """Put a thing back to before an entry, and return the entry of that; or what its own view refused it with.

    :raises NotReversible: when it can't be put back.
    :raises ChangedSince: when something newer stands in the way.
    """
    reversal = plan(entry)
    if not _is_permitted(request, reversal):
        # Its refusal has an entry in the trail, which a transaction around it would undo.
        return _ask(request, reversal)
    with transaction.atomic():
        refused = _refused(_ask(request, reversal))
        if refused is not None:
            transaction.set_rollback(True)
            return refused
        done = require_nothing_newer(entry, besides=1)
        if done is None:
            raise NotReversible("It is as it was before already.")
        record("audit_log.reversed", resource_type="audit_log", resource_id=entry.id)
        return done


def _is_permitted(request: Request, reversal: Reversal) -> bool:
    """Say whether who asks holds what the call takes, as its view will ask."""
    address = _address_of(reversal.model, _action_of(reversal))
    view: Any = address.callback if address else None
    return view is None or permits(request.user, view.cls.required_permissions.get(_action_of(reversal)))


def _action_of(reversal: Reversal) -> str:
    return "destroy" if reversal.removes else "partial_update"


def _ask(request: Request, reversal: Reversal) -> Response:
    address = _address_of(reversal.model, _action_of(reversal))
    if address is None:
        raise NotReversible("There is no call that changes it back.")
    view: Any = address.callback
    method, body = ("DELETE", b"") if reversal.removes else ("PATCH", orjson.dumps(_as_sent(reversal, view)))
    key = address.pattern.converters["pk"].to_python(reversal.entry.resource_id)
    response: Response = view(_request(request, method, body), pk=key)
    return response


def _as_sent(reversal: Reversal, view: Any) -> dict[str, Any]:
    """Write values as the API takes them: a list is kept as words between blanks."""
    fields = view.cls.serializer_class().fields
    return {
        name: value.split() if isinstance(value, str) and isinstance(fields.get(name), ListField) else value
        for name, value in reversal.values.items()
    }


def _request(request: Request, method: str, body: bytes) -> WSGIRequest:
    """Make the call that whoever asks would make, with their own credential."""
    asked = request._request  # noqa: SLF001  # no public name
    kept = {name: value for name, value in asked.META.items() if name not in ("HTTP_IDEMPOTENCY_KEY", "QUERY_STRING")}
    sent = {"REQUEST_METHOD": method, "CONTENT_TYPE": "application/json", "CONTENT_LENGTH": str(len(body))}
    made = WSGIRequest({**kept, **sent, "wsgi.input": BytesIO(body)})
    vars(made).update({name: value for name, value in vars(asked).items() if name not in vars(made)})
    return made


def _refused(response: Response) -> Response | None:
    """Say what was refused, as what it is here: that something is gone or can't be written is no fault of this call."""
    if response.status_code < 400:
        return None
    if response.status_code == 404:
        raise NotReversible("It is not there any more.")
    if response.status_code == 400:
        faults = (f"{each.get('field', '')}: {each.get('detail', '')}" for each in response.data.get("errors", ()))
        raise NotReversible(f"It can't be put back. {' '.join(faults)}".strip())
    return response


@cache
def _address_of(model: type[Any], action: str) -> URLPattern | None:
    """Find the address of one row of a model, where one changes or removes it."""
    for pattern in _patterns(get_resolver()):
        view, actions = getattr(pattern.callback, "cls", None), getattr(pattern.callback, "actions", None) or {}
        shown = getattr(getattr(getattr(view, "serializer_class", None), "Meta", None), "model", None)
        if (
            shown is model
            and {"retrieve", action} <= set(actions.values())
            and set(pattern.pattern.converters) == {"pk"}
        ):
            return pattern
    return None


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from _patterns(each)
        else:
            yield each
