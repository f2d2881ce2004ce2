"""Other platforms on the server: roles belong to all of it, so set-up refuses those that work for another database (CONNECT)."""

# Note [Whose a role is]
# Two platforms with one prefix and two master secrets would take the control role from each other: the later one writes
# its own password, and the other is down. Whose a role is, the server itself says, better than any mark of ours that a
# dump leaves behind: the databases it may connect to. A role that our password opens is ours, whatever else it opens; one
# that it does not open, and that another database lets in, is not ours to change.

from __future__ import annotations

from dataclasses import replace

import psycopg

from tenants.isolation import owner
from tenants.isolation.database_roles import DatabaseRole, control_role, shared_roles
from tenants.isolation.server_capabilities import UnsafeServer
from tenants.isolation.sessions import logging_in

_ELSEWHERE = """
    SELECT DISTINCT datname FROM pg_database AS d, aclexplode(d.datacl) AS a JOIN pg_roles AS r ON r.oid = a.grantee
     WHERE r.rolname = ANY (%s) AND a.privilege_type = 'CONNECT' AND datname <> current_database() ORDER BY datname"""


def refuse_roles_of_others(connection: psycopg.Connection) -> None:
    """Refuse to change roles that another platform uses. See Note [Whose a role is].

    :raises UnsafeServer: naming the databases of the other platform.
    """
    names = list(shared_roles())
    elsewhere = [row[0] for row in connection.execute(_ELSEWHERE, [names])]
    if elsewhere and not any(map(_ever_let_us_in, elsewhere)):
        raise UnsafeServer(
            f"The roles {', '.join(names)} are another platform's, of the database {', '.join(elsewhere)}: our master"
            " secret does not open them. Choose another prefix for this platform: WORKIX_ROLE_PREFIX"
        )


def lets_us_in(database: str, role: DatabaseRole | None = None) -> bool:
    """Log in there, as the control role unless another is named. Where the role may connect, nothing but its password decides."""
    try:
        owner.connect(replace((role or control_role()).address(owner.database()), name=database)).close()
    except psycopg.OperationalError:
        return False
    return True


def _ever_let_us_in(database: str) -> bool:
    """Log in there as the control role, with any password of ours: its rotation may not have come to it yet."""
    try:
        logging_in.connect(control_role(), database).close()
    except psycopg.OperationalError:
        return False
    return True
