"""Signed calls: functions of `public` that act on a text only with the application's MAC over it (HMAC-SHA256)."""

# Raw SQL: calls functions of `public`, for which the ORM has no word.

# Note [Signed calls]
# Whoever can make an organization's session say something (an SQL injection, or a stolen role) can call every function
# its role may call. So what must not be asked for by a session alone is signed: the application writes down function,
# organization and arguments as one text, and its MAC beside it, both as bind parameters, which no query text shows. The
# function (tenants/sql/signed_calls.sql) checks the MAC with a key that the owner alone can read, and takes everything
# from the text. The key is derived from the master secret and written by every `manage.py migrate`. What may happen
# once carries an id made here: a call that was seen and is sent again finds that id taken.

from __future__ import annotations

import hmac
from functools import lru_cache
from typing import Any

import orjson
from django.conf import settings
from django.db import connection

from workix.config.keyed_hash import keyed_digest
from workix.config.secrets import Secret
from workix.core.current import Current

#: The block of SHA-256, and what RFC 2104 (section 2) pads the key with.
BLOCK, INNER, OUTER = 64, 0x36, 0x5C


def call_signed(function: str, **arguments: Any) -> tuple[Any, ...]:
    """Call a function of `public` for the organization in scope; return the row it answers with.

    :raises NoOrganizationInScope: when none is.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM public.{function}(%s, %s)", sign(function, **arguments))  # noqa: S608  # a name of ours
        row: tuple[Any, ...] = cursor.fetchone()
        return row


def sign(function: str, **arguments: Any) -> tuple[str, bytes]:
    """Write a call down as JSON, with its MAC. See Note [Signed calls]."""
    call = {**arguments, "function": function, "organization": Current.organization.id}
    signed = orjson.dumps(call, default=str, option=orjson.OPT_PASSTHROUGH_DATETIME).decode()
    return signed, mac_of(signed)


def mac_of(signed: str) -> bytes:
    """Return the application's MAC over a text: HMAC-SHA256."""
    mac = _begun(settings.WORKIX.master_secret).copy()
    mac.update(signed.encode())
    return mac.digest()


def padded_keys() -> tuple[bytes, bytes]:
    """Return the two forms of the key that the database needs: HMAC is two hashes, each begun with one of them."""
    key = _key().ljust(BLOCK, b"\x00")
    return bytes(byte ^ INNER for byte in key), bytes(byte ^ OUTER for byte in key)


def _key() -> bytes:
    return keyed_digest("signed-calls", b"key")


@lru_cache(maxsize=2)
def _begun(master_secret: Secret) -> hmac.HMAC:
    """Hash the key once for each secret: every transaction is signed."""
    return hmac.new(_key(), digestmod="sha256")
