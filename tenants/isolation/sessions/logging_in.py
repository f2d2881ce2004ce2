"""Log-in as a role whose password rotates: under the newest secret, else under those before (invalid_password, 28P01)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import psycopg

from tenants.isolation import owner
from tenants.isolation.credentials import passwords_of
from tenants.isolation.database_roles import DatabaseRole, RoleKind
from workix.config.database_url import DatabaseAddress
from workix.config.secrets import Secret

#: What a server, or PgBouncer, says of a password that is not the one it keeps. psycopg has no code for it at a log-in.
_REFUSED = ("password authentication failed", "SASL authentication failed")


def is_password_refused(error: psycopg.OperationalError) -> bool:
    return any(phrase in str(error) for phrase in _REFUSED)


def other_passwords(role: DatabaseRole) -> list[Secret]:
    """List what a role's password may still be when the newest was refused; and the newest, if it changed over meanwhile."""
    newest, *earlier = passwords_of(role.name, role.version)
    return [*earlier, newest] if earlier and role.kind is not RoleKind.OWNER else []


def connect(role: DatabaseRole, database: str = "") -> psycopg.Connection:
    """Open a plain connection as `role`, in the platform's database or another. See Note [Several role secrets].

    :raises psycopg.OperationalError: when none of its passwords opens it, or for whatever else stands in the way.
    """
    *first, last = _addresses(role, database)
    for address in first:
        try:
            return owner.connect(address)
        except psycopg.OperationalError as error:
            if not is_password_refused(error):
                raise
    return owner.connect(last)


def address_that_opens(role: DatabaseRole) -> DatabaseAddress:
    """Find the address `role` logs in at by now, for a library that opens connections. Asks only where there are several."""
    addresses = list(_addresses(role, ""))
    for address in addresses[:-1]:
        try:
            owner.connect(address).close()
        except psycopg.OperationalError as error:
            if is_password_refused(error):
                continue
        return address
    return addresses[-1]


def _addresses(role: DatabaseRole, database: str) -> Iterator[DatabaseAddress]:
    address = role.address(owner.database())
    for password in [address.password, *other_passwords(role)]:
        place = address.of_role(role.name, password)
        yield replace(place, name=database) if database else place
