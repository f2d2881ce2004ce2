"""The second migration of pipelines, rolled out over an organization that has rows, while the old version still runs."""

from __future__ import annotations

import pytest
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from accounts.signup import FirstAdmin, open_with_admin
from tenants.isolation.owner import acting_as_owner
from tenants.models import Organization
from tenants.schema.rollout import Outcome, roll_out
from tests.acts import rows
from tests.cast import PASSWORD, Cast

#: What the version before this one writes: it knows no other columns.
OLD_INSERT = (
    "INSERT INTO pipelines (id, created_at, updated_at, name, is_enabled)"
    " VALUES (gen_random_uuid(), now(), now(), %(name)s, true)"
)


@pytest.fixture
def late(acme: Cast) -> Cast:
    """An organization whose tables are as the first migration left them."""
    admin = FirstAdmin("a@late.example", make_password(PASSWORD))
    cast = Cast(open_with_admin(name="Late", slug="late", admin=admin))
    with acting_as_owner(cast.organization.schema_name):
        MigrationExecutor(connection).migrate([("pipelines", "0001_initial")])
    return cast


def test_rows_that_are_there_get_the_default_and_the_old_version_goes_on(late: Cast) -> None:
    rows(OLD_INSERT, late, name="Before")
    assert _outcome(late.organization) == Outcome(late.organization.schema_name, migrated=True)
    rows(OLD_INSERT, late, name="After")
    found = rows("SELECT name, schedule, deleted_at FROM pipelines ORDER BY name", late)
    assert found == [("After", "manual", None), ("Before", "manual", None)]


def test_rows_that_are_there_are_counted(late: Cast) -> None:
    rows(OLD_INSERT, late, name="Before")
    _outcome(late.organization)
    rows(OLD_INSERT, late, name="After")
    asked = "SELECT used FROM public.quotas WHERE resource = 'pipelines' AND organization_id = %(id)s"
    assert rows(asked, late, id=late.organization.id) == [(2,)]


def test_the_table_is_in_every_organization_and_not_in_public(acme: Cast, globex: Cast) -> None:
    where = "SELECT schemaname::text FROM pg_tables WHERE tablename = 'pipelines' AND schemaname !~ '0{32}|baseline'"
    of_casts = {cast.organization.schema_name for cast in (acme, globex)}
    assert {schema for (schema,) in rows(where)} == of_casts


def _outcome(organization: Organization) -> Outcome:
    return next(each for each in roll_out() if each.schema == organization.schema_name)
