"""Log-in attempts: the exact counters (rate limits) by address, client and known device, and what resets them."""

# Note [What is counted]
# One counter for each address, whatever host, organization, spelling or way in: of any number of guesses at an address, no
# more than the limit are judged. It knows how much of it was meant for which realm, and a completed log-in gives back what was
# meant for the same one. So who owns an organization and has the victim's address in it, with a password of their own, resets
# what they tried there, and nothing of what they tried elsewhere.
# One counter for each client, so that many addresses are no way round; a completed log-in gives back itself alone.
# What comes from a known device is counted with that device and with nothing else: see Note [Known devices]. All devices
# of a person together have a limit too, since who once knew the password may have made many.

# Note [What was not judged]
# An attempt is counted before it is judged. Where the database then goes away, is locked or full, or too many hashes are worked
# out already, the answer is 503, which says: nothing was done, come again. Counted, ten such answers would lock out who knows the
# password, and fifty a whole office. So what was not judged is given back, and what was right is, too. What was wrong stays
# counted, whatever fails after that: nobody gets more guesses judged than before.

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import InterfaceError, OperationalError

from accounts.email_index import organizations_of
from accounts.login import devices
from accounts.models import User
from accounts.models.email_address import normalize_address
from quotas.rate_limits import (
    Limit,
    client,
    count_attempt,
    count_of,
    forget_all_attempts,
    forget_attempts,
    give_back_one,
    give_back_part,
)
from workix.config.keyed_hash import keyed_hash
from workix.core.current import Current
from workix.core.errors import TooMany, Unavailable
from workix.observability import metrics
from workix.web.client_address import network_of

_UNAVAILABLE = (Unavailable, OperationalError, InterfaceError)
#: Devices of one person may together fail so many times what one may.
DEVICES = 10


class LockedOut(TooMany):
    code = "locked_out"
    detail = "Too many log-ins failed for this address. Wait, or reset the password."


class CodesLockedOut(LockedOut):
    detail = "Too many codes were wrong. Wait, then log in again."


@dataclass(slots=True)
class Attempt:
    """One attempt to log in: whose address, in which realm; then whether it is the last, refused, and was wrong."""

    address: str
    organization_id: UUID | None
    now: datetime
    is_last: bool = False
    refusal: TooMany | None = None
    was_wrong: bool = False


def count(attempt: Attempt) -> None:
    """Count an attempt before its password is looked at. See Note [What is counted].

    :raises LockedOut: when too many failed before it for this address.
    :raises TooMany: when too many from this client did.
    """
    username, now = username_of(attempt.address), attempt.now
    device = _device(attempt.address, attempt.organization_id, now=now)
    if device is None:
        count_client(now=now)
    try:
        if device is None:
            left = count_attempt(_of_addresses(), username, part=str(attempt.organization_id), now=now)
        else:
            whose = _devices_of(username, attempt.organization_id)
            left = count_attempt(_of_devices(), whose, part=device, now=now)
    except TooMany as error:
        raise LockedOut(retry_after=int(error.headers["Retry-After"])) from error
    attempt.is_last = left.remaining == 0


@contextmanager
def given_back_if_unavailable(give_back: Callable[[], None]) -> Iterator[None]:
    """Call `give_back` where the block can't go on. See Note [What was not judged]."""
    try:
        yield
    except _UNAVAILABLE:
        with suppress(*_UNAVAILABLE):
            give_back()
        raise


def give_back(attempt: Attempt) -> None:
    """Take a password's attempt back, unless it was wrong. See Note [What was not judged]."""
    if attempt.was_wrong:
        return
    username, part = username_of(attempt.address), str(attempt.organization_id)
    device = _device(attempt.address, attempt.organization_id, now=attempt.now)
    if device is not None:
        give_back_one(_of_devices(), _devices_of(username, attempt.organization_id), device)
        return
    give_back_one(_of_addresses(), username, part)
    give_back_one(_of_clients(), client())


def give_back_code(user: User) -> None:
    """Take a code's attempt back. See Note [What was not judged]."""
    give_back_one(_of_codes(), _person(user))
    give_back_one(_of_clients(), client())


def count_code(user: User, *, now: datetime) -> bool:
    """Count a guess at somebody's second factor before it is looked at; say whether it is the last.

    See Note [Guesses at a second factor].

    :raises CodesLockedOut: when too many failed before it for this person.
    :raises TooMany: when too many from this client did.
    """
    count_client(now=now)
    try:
        return count_attempt(_of_codes(), _person(user), now=now).remaining == 0
    except TooMany as error:
        raise CodesLockedOut(retry_after=int(error.headers["Retry-After"])) from error


def count_client(*, now: datetime) -> None:
    """Count an attempt of a client, also where it is of nobody yet: a passkey says whose it is, and its work is bounded.

    :raises TooMany: when too many from this client failed.
    """
    if count_attempt(_of_clients(), client(), now=now).remaining == 0:  # a right one is given back, but that is rare
        metrics.LOCKOUTS.labels("client").inc()


def client_was_right() -> None:
    """Give such an attempt back."""
    give_back_one(_of_clients(), client())


def passkey_was_right(user: User, *, now: datetime) -> None:
    """Give such an attempt back where `succeeded` will not: it counts no client of a known device."""
    if _device(user.email, user.organization_id, now=now) is not None:
        client_was_right()


def code_was_right(user: User) -> None:
    """Begin to count guesses at somebody's second factor anew: they have it."""
    forget_attempts(_of_codes(), _person(user))
    give_back_one(_of_clients(), client())


def succeeded(user: User, *, now: datetime) -> None:
    """Give back what was counted for this person, from this client: they logged in. See Note [What is counted]."""
    username = username_of(user.email)
    device = _device(user.email, user.organization_id, now=now)
    if device is not None:
        give_back_part(_of_devices(), _devices_of(username, user.organization_id), device)
        return
    give_back_part(_of_addresses(), username, str(user.organization_id))
    give_back_one(_of_clients(), client())


def forgive(user: User) -> None:
    """End every lock of somebody's address: they proved that it is theirs."""
    username = username_of(user.email)
    forget_attempts(_of_addresses(), username)
    forget_attempts(_of_devices(), _devices_of(username, user.organization_id))


def failures(username: str, *, now: datetime) -> int:
    """Return how many attempts are counted for an address, by its keyed hash."""
    return count_of(_of_addresses(), username, now=now)


def reset_usernames(*usernames: str) -> None:
    """End the lock of each address, given as itself or as its keyed hash. For operators."""
    forget_attempts(_of_addresses(), *map(username_of, usernames))
    for address in (each for each in usernames if "@" in each):
        homes = (None, *(organization.id for organization in organizations_of(normalize_address(address))))
        forget_attempts(_of_devices(), *(_devices_of(username_of(address), home) for home in homes))


def reset_client(address: str) -> None:
    """End the lock of a client. For operators."""
    forget_attempts(_of_clients(), network_of(address, ipv4=32))


def reset_all() -> None:
    """End every lock. For operators."""
    for limit in (_of_addresses(), _of_clients(), _of_devices(), _of_codes()):
        forget_all_attempts(limit)


def may_tell(address: str, *, now: datetime) -> bool:
    """Say whether the person may be told of a lock by mail, once in a window."""
    try:
        count_attempt(Limit("lock-out mail", 1, _window()), username_of(address), now=now)
    except TooMany:
        return False
    return True


def username_of(address: str) -> str:
    """Return the keyed hash that stands for an address wherever attempts are kept; a hash stays what it is."""
    return keyed_hash("log-in", normalize_address(address)) if "@" in address else address


def _device(address: str, organization_id: UUID | None, *, now: datetime) -> str | None:
    return devices.find(Current.context.device, address=address, organization_id=organization_id, now=now)


def _devices_of(username: str, organization_id: UUID | None) -> str:
    return f"{username}:{organization_id}"


def _person(user: User) -> str:
    return f"{user.organization_id}:{user.id}"


def _of_codes() -> Limit:
    return Limit("second factor", settings.WORKIX.lockout_failures, _window())


def _of_addresses() -> Limit:
    return Limit("log-in", settings.WORKIX.lockout_failures, _window())


def _of_clients() -> Limit:
    return Limit("log-in client", settings.WORKIX.lockout_client_failures, _window())


def _of_devices() -> Limit:
    of_one = settings.WORKIX.lockout_failures
    return Limit("log-in device", DEVICES * of_one, _window(), most_of_part=of_one)


def _window() -> timedelta:
    return timedelta(minutes=settings.WORKIX.lockout_minutes)
