"""Key rotation: a next key for access tokens, and the removal of those whose tokens have ended, in the file of the keys."""

# Note [Who may rotate at once]
# One write says all there is to say (see Note [The life of a key]), by a rename: a crash leaves the file before or the one
# after. Of several commands on a machine, or on a file system that machines share, one works at a time: each holds a lock on
# the folder, which a killed one does not leave behind.

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from accounts.tokens.signing_keys import KeySet, SigningKey, State, key_set_of, thumbprint_of
from workix.config.keys import private_keys
from workix.config.keys.private_keys import PrivateKey
from workix.config.secrets import read_secret, replace_secret
from workix.config.values import make_signing_key, signing_keys
from workix.core.errors import Conflict, NotFound

#: How long a key is published before it signs: twice as long as others may keep our key set (Cache-Control).
ANNOUNCED = timedelta(minutes=10)


class NextKeyWaits(Conflict):
    detail = "There is a next key already."


class TokensStillLive(Conflict):
    detail = "Tokens of this key are good."


class KeysNotInFile(Conflict):
    detail = (
        "The keys are in the variable WORKIX_SIGNING_KEYS: put them in a file, and name it in WORKIX_SIGNING_KEYS_FILE."
    )


class NoSuchKey(NotFound):
    detail = "No key has this id."


def rotate(*, now: datetime) -> KeySet:
    """Add the key that signs after ANNOUNCED, and take away those whose tokens have ended. Nobody is logged out.

    :raises NextKeyWaits: when one is waiting already.
    :raises KeysNotInFile: when there is no file to write to.
    """
    with _file_locked() as file:
        keys, found = _read(file)
        waiting = _of_state(found, State.NEXT, now=now)
        if waiting:
            raise NextKeyWaits(
                f"{waiting[0].id} is the next key already: it signs from {waiting[0].signs_from:%H:%M:%S} UTC."
            )
        done = {key.id for key in _of_state(found, State.RETIRED, now=now)}
        following = PrivateKey(make_signing_key().strip(), (now + ANNOUNCED).replace(microsecond=0))
        return _write(file, [*_without(keys, done), following])


def replace_all(*, now: datetime) -> KeySet:
    """Sign with a new key from now on, and believe no other: the ones there were are known to somebody else.

    Sessions stay. Every access token is refused, until its client has a new one by its refresh token.

    :raises KeysNotInFile: when there is no file to write to.
    """
    with _file_locked() as file:
        return _write(file, [PrivateKey(make_signing_key().strip(), now.replace(microsecond=0))])


def retire(key_id: str, *, now: datetime) -> KeySet:
    """Take away a key whose tokens have ended.

    :raises TokensStillLive: when one of them may be good still, or will be.
    :raises NoSuchKey: when there is none of this id.
    :raises KeysNotInFile: when there is no file to write to.
    """
    with _file_locked() as file:
        keys, found = _read(file)
        key = found.by_id.get(key_id)
        if key is None:
            raise NoSuchKey
        state = found.state_of(key, now=now)
        if state is not State.RETIRED:
            raise TokensStillLive(_why_not(key, state))
        return _write(file, _without(keys, {key_id}))


def _why_not(key: SigningKey, state: State) -> str:
    if state is State.RETIRING and key.ends_at is not None:
        return f"Tokens of {key.id} are good until {key.ends_at:%Y-%m-%d %H:%M:%S} UTC."
    return f"{key.id} is {state}: rotate the keys, and it can be retired once its tokens have ended."


@contextmanager
def _file_locked() -> Iterator[Path]:
    """See Note [Who may rotate at once]."""
    settings.WORKIX.signing_keys.reveal()  # development makes them now, if there are none yet
    file: Path | None = settings.WORKIX.signing_keys.file
    if file is None or not file.is_file():
        raise KeysNotInFile
    folder = os.open(file.resolve().parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield file
    finally:
        os.close(folder)


def _read(file: Path) -> tuple[tuple[PrivateKey, ...], KeySet]:
    """Read the file itself: what this process knows of it may be some seconds old."""
    text = signing_keys(read_secret(file).reveal()).reveal()
    return private_keys.parse(text), key_set_of(text)


def _write(file: Path, keys: list[PrivateKey]) -> KeySet:
    text = private_keys.write(keys)
    replace_secret(file, text)
    return key_set_of(text)


def _of_state(found: KeySet, state: State, *, now: datetime) -> list[SigningKey]:
    return [key for key in found.keys if found.state_of(key, now=now) is state]


def _without(keys: tuple[PrivateKey, ...], ids: set[str]) -> list[PrivateKey]:
    return [key for key in keys if thumbprint_of(key) not in ids]
