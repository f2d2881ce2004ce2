"""Start-up check: refuses to serve while a database role holds more privilege than it should."""

from __future__ import annotations

from pathlib import Path

from tenants.isolation import owner
from tenants.isolation.database_roles import control_role_name, tenants_group
from tenants.isolation.server_capabilities import UnsafeServer, read_server_capabilities

UNSAFE_ROLES_SQL = (Path(__file__).parent / "sql" / "unsafe_roles.sql").read_text()


def refuse_unsafe_roles() -> None:
    """Look at the owner and at every role requests run as. For the start of a server or a worker.

    :raises UnsafeServer: naming each role and what is wrong with it.
    """
    with owner.connect() as connection:
        read_server_capabilities(connection)
        names = {"control": control_role_name(), "group": tenants_group()}
        reasons = connection.execute(UNSAFE_ROLES_SQL, names).fetchall()
    if reasons:
        listed = "\n".join(f"  - the role {role} {reason}" for role, reason in reasons)
        raise UnsafeServer(
            f"The database roles are not safe to serve with:\n{listed}\nRun: manage.py check_isolation --repair"
        )
