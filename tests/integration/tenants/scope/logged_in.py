"""Who is logged in, in a scope: as the database says it, and as a generator hands it out."""

from __future__ import annotations

from collections.abc import Callable, Generator

from django.db import connection

from tenants.isolation import owner
from tenants.scope import use_tenant
from tests.cast import Cast
from workix.core.current import Current

Values = Generator[str, None, None]


def whoami() -> str:
    """Say who is logged in, which must be who is current."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_user")
        (role,) = cursor.fetchone()
    organization = Current.find_organization()
    assert organization is None or role in (organization.schema_name, owner.database().user)
    return str(role)


def role_of(cast: Cast) -> str:
    return cast.organization.schema_name


def handed_out(cast: Cast, times: int = 2) -> Values:
    with use_tenant(cast.organization):
        for _ in range(times):
            yield whoami()


def error_of(call: Callable[[], object]) -> type[Exception] | None:
    try:
        call()
    except Exception as error:  # noqa: BLE001  # whichever it is
        return type(error)
    return None
