"""Rows of several tables that count as one resource: people, and invitations until they end."""

from __future__ import annotations

import pytest

from tenants.isolation import owner, schema_objects
from tenants.isolation.database_roles import tenant_role
from tests.acts import at_once, rows
from tests.cast import Cast
from tests.integration.quotas.test_counted import PEOPLE, counted, session, set_quota

INVITE = (
    "INSERT INTO invitations (id, created_at, updated_at, email, first_name, last_name, role, status, token_hash, expires_at)"
    " VALUES (gen_random_uuid(), now(), now(), 'carol@acme.example', '', '', 'user', 'pending', '', now())"
)


@pytest.mark.requirement("N4")
@pytest.mark.parametrize("as_owner", [False, True], ids=["as the organization", "as the owner"])
def test_rows_of_another_table_count_as_the_same_until_they_end(acme: Cast, as_owner: bool) -> None:
    with session(acme, as_owner=as_owner) as raw:
        raw.execute(INVITE)
        assert counted(acme) == (3, 4)
        raw.execute("UPDATE invitations SET first_name = 'x'")
        assert counted(acme) == (3, 4)
        raw.execute("UPDATE invitations SET status = 'withdrawn', ended_at = now()")
        raw.execute("UPDATE invitations SET ended_at = now() + interval '1 day'")
        assert counted(acme) == (3, 3)
        raw.execute("UPDATE invitations SET status = 'pending', ended_at = NULL")
        raw.execute("DELETE FROM invitations")
        assert counted(acme) == (3, 3)


@pytest.mark.requirement("N4")
@pytest.mark.parametrize("table", ["users", "invitations"])
def test_where_a_trigger_is_made_again_the_rows_of_both_tables_are_counted(acme: Cast, table: str) -> None:
    with session(acme) as raw:
        raw.execute(INVITE)
    rows(f"DROP TRIGGER count_rows ON {table}", acme)
    set_quota(acme, "used = 1")
    with owner.connect() as connection:
        schema_objects.apply(connection, tenant_role(acme.organization), acme.organization.id)
    assert counted(acme) == (3, 4)


@pytest.mark.requirement("S131")
def test_a_trigger_is_made_again_while_rows_of_both_tables_come_and_go(acme: Cast) -> None:
    set_quota(acme, '"limit" = 1000')

    def work(number: int) -> None:
        if number == 0:
            rows("DROP TRIGGER count_rows ON invitations", acme)
            with owner.connect() as connection:
                schema_objects.apply(connection, tenant_role(acme.organization), acme.organization.id)
            return
        with session(acme) as raw:
            for each in range(30):
                raw.execute(PEOPLE.format(f"'w{number}-{each}-' || n", 1))
                raw.execute(INVITE.replace("carol", f"w{number}-{each}"))

    at_once(work, 4)
    ((waiting,),) = rows("SELECT count(*) FROM invitations WHERE ended_at IS NULL", acme)
    people, taken = counted(acme)
    assert (people, waiting, taken) == (93, 90, 183)
