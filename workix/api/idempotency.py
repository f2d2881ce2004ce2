"""Idempotency: with @idempotent the same POST with the same Idempotency-Key is done once, and its response replayed."""

# Bulk write: a claim decides who of two does the work.
# Raw SQL: claims a key, and waits no longer than a moment for who was first.

# Note [The same call twice]
# Within an organization the claim of a key, the work and the response commit together: a crash leaves none of them, and
# the same call afterwards does it all. A second call waits a moment for the first, since both want one row, and then
# finds the response, or gets 409 and comes later. Opening an organization is the owner's transaction and can't be shared: there
# the claim comes first, and is given up when the work fails; the slug sees to it that no second organization opens.
# Refusals are not stored: nothing was done, so the same call may well succeed later.

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

import orjson
from django.db import OperationalError, connection, transaction
from django.utils import timezone
from psycopg.errors import LockNotAvailable
from rest_framework.request import Request
from rest_framework.response import Response

from workix.api.fingerprints import earlier_fingerprint_of, fingerprint_of
from workix.api.json_limits import OPTIONS
from workix.api.models import KEPT_FOR, IdempotencyKey
from workix.config.keyed_hash import keyed_hash
from workix.core.current import Current
from workix.core.errors import Conflict, Invalid

HEADER = "Idempotency-Key"
#: A claim without a response that is older than this was left behind by a crash.
ABANDONED_AFTER = timedelta(minutes=1)
#: How long a second call waits for the first.
LOCK_TIMEOUT = "200ms"
_CLAIM = """
    INSERT INTO idempotency_keys AS kept (id, fingerprint, headers, body, created_at)
    VALUES (%s, %s, '{}', '', clock_timestamp())
    ON CONFLICT (id) DO UPDATE SET fingerprint = excluded.fingerprint, status = NULL, headers = excluded.headers,
       body = excluded.body, created_at = excluded.created_at WHERE kept.created_at <= %s
    RETURNING id"""
_VISIBLE = re.compile(r"[!-~]{1,255}")

Handler = Callable[..., Response]


class IdempotencyKeyReused(Conflict):
    code = "idempotency_key_reused"
    detail = "This idempotency key came with another call before. Use a new key for a new call."


class StillRunning(Conflict):
    detail = "The same call is still running. Ask again in a moment."


@dataclass(frozen=True, slots=True)
class Call:
    """A call under a key. `id` hides the key and whose it is; `fingerprint` stands for method, path and body."""

    id: str
    fingerprint: str
    request: Request

    def is_that_of(self, kept: IdempotencyKey) -> bool:
        return kept.fingerprint == self.fingerprint or kept.fingerprint == earlier_fingerprint_of(self.request)


def idempotent(handler: Handler) -> Handler:
    """Let a view's method be called twice with one `Idempotency-Key`. See Note [The same call twice].

    :raises Invalid: when the key is not 1 to 255 visible characters.
    :raises IdempotencyKeyReused: when it came with another call before.
    :raises StillRunning: while the first call is.
    """
    return _once(handler, _committing_together)


def idempotent_without(*shown_once: str) -> Callable[[Handler], Handler]:
    """The same for a response with a secret that nobody keeps: a replay has null in the place of these fields."""
    return lambda handler: _once(handler, _committing_together, shown_once)


def idempotent_by_itself(handler: Handler) -> Handler:
    """The same for work that has a transaction of its own, in another scope: the claim comes first."""
    return _once(handler, _given_up_on_failure)


def _once(
    handler: Handler, around: Callable[[Call], AbstractContextManager[None]], shown_once: tuple[str, ...] = ()
) -> Handler:
    @wraps(handler)
    def once(view: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        key = request.headers.get(HEADER)
        if key is None:
            return handler(view, request, *args, **kwargs)
        call = _call(key, request)
        with around(call):
            kept = _claim(call)
            if kept is not None:
                return _replayed(kept, call)
            response = handler(view, request, *args, **kwargs)
            _keep(call, response, shown_once)
        return response

    once.is_idempotent = True  # type: ignore[attr-defined]  # for the document
    return once


@contextmanager
def _committing_together(call: Call) -> Iterator[None]:
    with transaction.atomic():
        yield


@contextmanager
def _given_up_on_failure(call: Call) -> Iterator[None]:
    try:
        yield
    except (IdempotencyKeyReused, StillRunning):
        raise
    except Exception:
        IdempotencyKey.objects.filter(id=call.id, status__isnull=True).delete()
        raise


def _call(key: str, request: Request) -> Call:
    if not _VISIBLE.fullmatch(key):
        raise Invalid("Use 1 to 255 visible ASCII characters.", field=HEADER, problem="invalid_key")
    context = Current.context
    whose = str(context.actor.id) if context.actor.id else context.ip_address
    return Call(keyed_hash("idempotency-key", f"{whose}\n{key}"), fingerprint_of(request), request)


def _claim(call: Call) -> IdempotencyKey | None:
    """Take the key, or return what is stored under it."""
    now = timezone.now()
    if _is_new(call, now=now):
        return None
    kept = IdempotencyKey.objects.filter(id=call.id).first()
    if kept is None:
        raise StillRunning
    if kept.status is None and call.is_that_of(kept):
        left = IdempotencyKey.objects.filter(id=call.id, status__isnull=True, created_at__lte=now - ABANDONED_AFTER)
        if not left.update(created_at=now):
            raise StillRunning
        return None
    return kept


def _is_new(call: Call, *, now: datetime) -> bool:
    """Claim the key, which one that is over and not swept yet does not hold. Whatever else is locked is not touched."""
    try:
        with connection.cursor() as cursor:
            if connection.in_atomic_block:
                cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
            cursor.execute(_CLAIM, [call.id, call.fingerprint, now - KEPT_FOR])
            is_new = cursor.fetchone() is not None
            if connection.in_atomic_block:
                cursor.execute("SET LOCAL lock_timeout TO DEFAULT")
            return is_new
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", None) == LockNotAvailable.sqlstate:
            raise StillRunning from error
        raise


def _keep(call: Call, response: Response, shown_once: tuple[str, ...]) -> None:
    kept = {**response.data, **dict.fromkeys(shown_once)} if shown_once else response.data
    body = orjson.dumps(kept, default=str, option=OPTIONS).decode()
    IdempotencyKey.objects.filter(id=call.id).update(
        status=response.status_code, headers=dict(response.headers), body=body
    )


def _replayed(kept: IdempotencyKey, call: Call) -> Response:
    if not call.is_that_of(kept):
        raise IdempotencyKeyReused
    return Response(orjson.loads(kept.body), kept.status, headers={**kept.headers, "Idempotency-Replayed": "true"})
