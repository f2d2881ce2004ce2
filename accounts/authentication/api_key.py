"""API key authentication: from `Authorization: Bearer wxk_…` to a service as the actor."""

# Raw SQL: key and organization in one statement a request; a note of the last use that waits for nobody (SKIP LOCKED).

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import connection
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from accounts.api_keys import key_format
from accounts.api_keys.decoys import is_decoy
from accounts.authentication.bearer import bearer_credential
from accounts.models import ApiKey
from accounts.models.api_key import KeyHolder
from accounts.tokens.access_tokens import TokenNotValid
from tenants.backend.dry_run import kept
from tenants.resolution import OrganizationSuspended
from tenants.tripwires.touching import touch
from workix.core.current import Current
from workix.web.networks import contains

#: What is kept of the last use is this old at most. One request in so many minutes writes it; all others only read.
LAST_USE_COARSE = "5 minutes"

# As Note [One look-up] in accounts/authentication/bearer.py has it: revocation, expiry, rotation and suspension hold from the
# very next request. A key of anybody else is not there. Nothing but the hashes is in the WHERE, so that no other index than
# their own two serves it, whatever the planner believes of the table.
_FIELDS = [field.attname for field in ApiKey._meta.concrete_fields]
_COLUMNS = ", ".join(f'k."{field.column}"' for field in ApiKey._meta.concrete_fields)
#: Conditions (SQL) of whoever holds a key, a row `k`: it was neither revoked nor is over; the key that came is in force, or was
#: before it and is still good; its last use is to be noted; and how it is found.
IS_ALIVE = "k.deleted_at IS NULL AND coalesce(k.expires_at > now(), true)"
IS_IN_FORCE = "(k.key_hash = %(hash)s OR coalesce(k.previous_expires_at > now(), false))"
IS_TO_NOTE = "coalesce(k.last_used_at < now() - %(coarse)s::interval, true)"
BY_HASH = "k.key_hash = %(hash)s OR k.previous_hash = %(hash)s"
LOOK_UP = (
    f"SELECT public.my_organization_is_open(), {IS_ALIVE} AND {IS_IN_FORCE}, {IS_TO_NOTE},"  # noqa: S608  # our own columns
    f" {_COLUMNS} FROM api_keys AS k WHERE {BY_HASH}"
)
_BY_ID = f"SELECT {IS_ALIVE}, {_COLUMNS} FROM api_keys AS k WHERE k.id = %s"  # noqa: S608  # as above
#: A condition (SQL) that holds while a key that was read before is still what it was, good, in an organization that is open, and
#: its last use is noted: nobody has to look it up again. Its parameters are those of `unchanged`.
UNCHANGED = (
    f"SELECT public.my_organization_is_open() AND {IS_ALIVE} AND {IS_IN_FORCE} AND NOT {IS_TO_NOTE}"  # noqa: S608  # as above
    " AND (k.id, k.name, k.scopes, k.networks) = (%(id)s, %(name)s, %(scopes)s, %(networks)s)"
    f" FROM api_keys AS k WHERE {BY_HASH}"
)
_NOTE_USE = """
    UPDATE {0} SET last_used_at = now() WHERE id = (
        SELECT id FROM {0} WHERE id = %s AND coalesce(last_used_at < now() - %s::interval, true)
           FOR UPDATE SKIP LOCKED)"""


class KeyNotValid(TokenNotValid):
    """It never says why: malformed, unknown, revoked, expired and from another network are the same answer."""

    detail = "The API key is not valid, or may not be used any more, or not from here."


class ApiKeyAuthentication(BaseAuthentication):
    """`Authorization: Bearer wxk_…`."""

    def authenticate(self, request: Request) -> tuple[ApiKey, None] | None:
        credential = bearer_credential(request)
        if credential is None or not credential.startswith(key_format.BEGIN):
            return None
        key = service_of_key(credential)
        Current.update(actor=key.as_actor())
        return key, None

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="workix"'


def service_of_key(credential: str) -> ApiKey:
    """Return whose key this is, in the organization in scope.

    :raises KeyNotValid: when it is not good here, now.
    :raises OrganizationSuspended: when the organization is not open.
    """
    organization, read = Current.find_organization(), key_format.read(credential)
    if organization is None or read is None or read.organization_id != organization.id:
        raise KeyNotValid
    with connection.cursor() as cursor:
        cursor.execute(LOOK_UP, {"hash": read.key_hash, "coarse": LAST_USE_COARSE})
        row = cursor.fetchone()
    if row is None:
        if is_decoy(read):
            touch("api_key")
        raise KeyNotValid
    is_open, is_good, is_to_note, *values = row
    key = ApiKey.from_db("default", _FIELDS, values)
    if not is_good or not is_let_in(key, Current.context.ip_address):
        raise KeyNotValid
    if not is_open:
        raise OrganizationSuspended
    if is_to_note:
        note_use(key)
    return key


def note_use(holder: KeyHolder) -> None:
    """Write down that a key was used just now, in a dry run too, unless another request does at this moment."""
    with kept(), connection.cursor() as cursor:
        cursor.execute(_NOTE_USE.format(holder._meta.db_table), [holder.id, LAST_USE_COARSE])


def is_let_in(key: KeyHolder, address: str) -> bool:
    """Say whether a key may come from an address: where it names no networks, from any."""
    return not key.networks or contains(key.networks.split(), address)


def find_key(key_id: UUID) -> tuple[ApiKey, bool] | None:
    """Return a key of the organization in scope, revoked ones too, and whether it is alive: neither revoked nor expired."""
    with connection.cursor() as cursor:
        cursor.execute(_BY_ID, [key_id])
        row = cursor.fetchone()
    return (ApiKey.from_db("default", _FIELDS, row[1:]), row[0]) if row else None


def unchanged(key: ApiKey, key_hash: str) -> dict[str, Any]:
    """Return the parameters of UNCHANGED for a key that was read by this hash."""
    told = {"id": key.id, "name": key.name, "scopes": key.scopes, "networks": key.networks}
    return {**told, "hash": key_hash, "coarse": LAST_USE_COARSE}
