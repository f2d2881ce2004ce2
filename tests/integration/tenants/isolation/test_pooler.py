"""Who goes through PgBouncer, and that a server or worker refuses one which does not keep sessions as ours."""

from __future__ import annotations

from typing import Any

import pytest

from tenants.isolation import owner
from tenants.isolation.database_roles import control_role
from tenants.isolation.owner import owner_role
from tenants.isolation.server_capabilities import UnsafeServer
from tenants.isolation.sessions.pooler import address_of, is_used_by, refuse_unless_it_pins

pytestmark = pytest.mark.fault("F4")


def test_without_one_nobody_goes_through_it(settings: Any) -> None:
    assert [is_used_by(role) for role in (control_role(), owner_role("public"))] == [False, False]
    refuse_unless_it_pins()


def test_with_one_everybody_does_but_the_owner(settings: Any) -> None:
    settings.WORKIX = settings.WORKIX.model_copy(update={"pgbouncer": ("::1", 6432)})
    assert [is_used_by(role) for role in (control_role(), owner_role("public"))] == [True, False]
    direct, pooled = control_role().address(owner.database()), address_of(control_role())
    assert (pooled.host, pooled.port, pooled.name, pooled.user) == ("::1", 6432, direct.name, direct.user)
    assert "options" not in pooled.connection_parameters()


def test_one_that_pins_nothing_is_refused(settings: Any, database: None) -> None:
    address = owner.database()  # the server itself, told nothing at the start
    settings.WORKIX = settings.WORKIX.model_copy(update={"pgbouncer": (address.host, address.port)})
    with pytest.raises(
        UnsafeServer, match=r"do not have what Workix pins: .*lock_timeout, .*statement_timeout.*pgbouncer\.ini"
    ):
        refuse_unless_it_pins()
