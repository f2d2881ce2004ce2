"""The Quotas service: consume, reserve, commit, release; the capabilities behind REST, and its idempotency keys."""

# Note [One key, two ways]
# A key is that of an act, and not of the way it was asked for. So a call with one is stored as the request to REST that means
# the same, with REST's answer: who did not hear the answer to one may ask by the other, and it is still done once.

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID

import orjson
from google.protobuf.json_format import ParseDict
from google.protobuf.message import Message
from rest_framework.response import Response

from gateway.grpc.calls import Asked, Condition
from gateway.grpc.protos.workix.v1.quotas_pb2 import (
    Balance,
    CommitResponse,
    ConsumeResponse,
    ReleaseResponse,
    ReserveResponse,
)
from quotas import limits
from quotas.api.serializers import LARGEST_AMOUNT, LONGEST_SECONDS, QuotaSerializer
from quotas.consumption import consume as take
from quotas.consumption import consume_where
from quotas.consumption import release as give_back
from quotas.reservations import commit_reservation, release_reservation
from quotas.reservations import reserve as hold
from workix.api.idempotency import HEADER, idempotent
from workix.core.errors import Invalid
from workix.core.permissions import holds

PERMISSION = "quotas:consume"
_KEY = "HTTP_IDEMPOTENCY_KEY"
_QUOTAS = "/api/v1/quotas"
Reply = TypeVar("Reply", bound=Message)


@dataclass(frozen=True, slots=True)
class _Equivalent:
    """The request to REST that means the same. See Note [One key, two ways]."""

    path: str
    data: Mapping[str, Any]
    headers: Mapping[str, str]
    method: str = "POST"


def consume(asked: Asked) -> ConsumeResponse:
    """Take units.

    :raises ProblemError: as quotas.consumption.consume, and for an amount that is none.
    """
    resource, amount = asked.message.resource, _amount(asked.message) or 1
    if _KEY not in asked.request.META:
        taken = take(resource, amount, by_service=True)
        return ConsumeResponse(id=str(taken.id), balance=_balance(taken.balance))

    def act() -> dict[str, Any]:
        taken = take(resource, amount, by_service=True)
        return {"id": str(taken.id), **QuotaSerializer(taken.balance).data}

    return _once(asked, f"{_QUOTAS}/{resource}/consumptions/", {"amount": amount}, act, ConsumeResponse)


def consume_at_once(asked: Asked, condition: Condition) -> ConsumeResponse | None:
    """Take units in one statement, where the condition holds and there is no idempotency key to look up; else return None.

    :raises ProblemError: as `consume`.
    """
    if _KEY in asked.request.META:
        return None
    taken = consume_where(*condition, asked.message.resource, _amount(asked.message) or 1)
    return ConsumeResponse(id=str(taken.id), balance=_balance(taken.balance)) if taken is not None else None


def reserve(asked: Asked) -> ReserveResponse:
    """Hold units for a while.

    :raises ProblemError: as quotas.reservations.reserve, and for an amount or a time that is none.
    """
    message = asked.message
    resource, amount = message.resource, _amount(message) or 1
    seconds = message.ttl_seconds if message.HasField("ttl_seconds") else 300
    _bound("ttl_seconds", seconds, LONGEST_SECONDS)

    def act() -> dict[str, Any]:
        held = hold(resource, amount, ttl=timedelta(seconds=seconds), by_service=True)
        told = {"id": str(held.id), "amount": held.amount, "expires_at": held.expires_at}
        return {**told, **QuotaSerializer(held.balance).data}

    sent = {"amount": amount, "ttl": seconds}
    return _once(asked, f"{_QUOTAS}/{resource}/reservations/", sent, act, ReserveResponse)


def commit(asked: Asked) -> CommitResponse:
    """Use what a reservation holds.

    :raises ProblemError: as quotas.reservations.commit_reservation, and for an id or an amount that is none.
    """
    reservation, amount = _id("reservation", asked.message.reservation), _amount(asked.message)

    def act() -> dict[str, Any]:
        taken = commit_reservation(reservation, amount, by_service=True)
        return {"id": str(taken.id), **QuotaSerializer(taken.balance).data}

    sent = {} if amount is None else {"amount": amount}
    return _once(asked, f"{_QUOTAS}/reservations/{reservation}/commit/", sent, act, CommitResponse)


def release(asked: Asked) -> ReleaseResponse:
    """Give back what a consumption took, or free what a reservation holds.

    :raises ProblemError: as quotas.consumption.release and quotas.reservations.release_reservation.
    """
    of_anybody, which = holds(asked.who, "quotas:release_any"), asked.message.WhichOneof("what")
    if which is None:
        raise Invalid("Name a reservation or a consumption.", field="what", problem="required")
    if which == "reservation":
        reservation = _id("reservation", asked.message.reservation)

        def free() -> dict[str, Any]:
            return dict(QuotaSerializer(release_reservation(reservation, of_anybody=of_anybody, by_service=True)).data)

        return _once(asked, f"{_QUOTAS}/reservations/{reservation}/release/", {}, free, ReleaseResponse)
    taken = asked.message.consumption
    consumption, amount = _id("consumption.id", taken.id), _amount(taken)

    def act() -> dict[str, Any]:
        balance = give_back(taken.resource, consumption, amount, of_anybody=of_anybody, by_service=True)
        return dict(QuotaSerializer(balance).data)

    sent = {"consumption": str(consumption), **({} if amount is None else {"amount": amount})}
    return _once(asked, f"{_QUOTAS}/{taken.resource}/releases/", sent, act, ReleaseResponse)


def _once(
    asked: Asked, path: str, sent: Mapping[str, Any], act: Callable[[], dict[str, Any]], reply: type[Reply]
) -> Reply:
    """Act; under the idempotency key of the call, where it has one. See Note [One key, two ways]."""
    headers = {HEADER: asked.request.META[_KEY]} if _KEY in asked.request.META else {}
    request: Any = _Equivalent(path, sent, headers)  # it is asked for nothing else
    response = idempotent(lambda *_: Response(act(), 201))(None, request)
    found = orjson.loads(orjson.dumps(response.data, default=str))
    if response.headers.get("Idempotency-Replayed"):
        asked.said["idempotency-replayed"] = "true"
    own = {name: found.pop(name) for name in ("id", "amount", "expires_at") if name in found}
    return ParseDict({**own, "balance": found}, reply())


def _balance(balance: limits.Balance) -> Balance:
    told = Balance(
        resource=balance.resource.name,
        limit=balance.limit,
        burst=balance.burst,
        used=balance.used,
        reserved=balance.reserved,
        remaining=balance.remaining,
        over_limit=balance.over_limit,
        period=balance.period,
    )
    if (resets_at := balance.resets_at) is not None:
        told.resets_at.seconds = int(resets_at.timestamp())
    return told


def _amount(message: Any) -> int | None:
    if not message.HasField("amount"):
        return None
    amount: int = message.amount
    _bound("amount", amount, LARGEST_AMOUNT)
    return amount


def _bound(field: str, number: int, most: int) -> None:
    if number < 1:
        raise Invalid("Ensure this value is greater than or equal to 1.", field=field, problem="min_value")
    if number > most:
        raise Invalid(f"Ensure this value is less than or equal to {most}.", field=field, problem="max_value")


def _id(field: str, text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Invalid("Must be a valid UUID.", field=field) from None
