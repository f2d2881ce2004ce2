"""Rotation of the roles' passwords: puts each under the newest of WORKIX_ROLE_SECRETS, role by role, while everybody works."""

# Note [Rotating passwords]
# An open connection stays open whatever becomes of its role's password, and whoever opens another tries all secrets there
# are (Note [Several role secrets]). So a role changes over in one statement, ALTER ROLE, which nobody has to be told of, and it
# does not matter in which order, nor whether all of it is done in one go. A role whose newest password opens it is left alone.

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import psycopg
from psycopg import sql

from tenants.isolation import owner
from tenants.isolation.credentials import verifier_of
from tenants.isolation.database_roles import DatabaseRole
from tenants.isolation.server_roles.other_platforms import lets_us_in


def rotate(roles: Iterable[DatabaseRole]) -> list[str]:
    """Put each role under the newest secret; return the names of those that were not. See Note [Rotating passwords].

    :raises psycopg.Error: when the owner may not, or can't; what was done until then holds.
    """
    rotated = []
    with owner.connect() as connection:
        for role in roles:
            if not lets_us_in(owner.database().name, role):
                owner.retried(partial(_rotate, connection, role))
                rotated.append(role.name)
    return rotated


def _rotate(connection: psycopg.Connection, role: DatabaseRole) -> None:
    password = sql.Literal(verifier_of(role.name, role.version))
    connection.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role.name), password))
