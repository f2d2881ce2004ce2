"""Which quotas are used most is found by a job and told by few series, however many organizations there are."""

from __future__ import annotations

from typing import Any

import pytest

from quotas.tasks import find_largest
from quotas.usage.largest_shares import MOST, read_shares
from tests.acts import at_once, rows, statements_of
from tests.cast import Cast
from workix.observability.readings import QUOTA_USED_RATIO

pytestmark = pytest.mark.requirement("S29")


def use(whose: Cast, resource: str, used: int, **columns: Any) -> None:
    given = "".join(f', "{name}" = %({name})s' for name in columns)
    rows(
        f'UPDATE quotas SET used = %(used)s, period_starts_on = now(){given}'
        " WHERE organization_id = %(id)s AND resource = %(resource)s",
        id=whose.organization.id, resource=resource, used=used, **columns,
    )  # fmt: skip


def told() -> list[tuple[tuple[str, ...], float]]:
    find_largest(timestamp=0)
    return [(sample.labels, sample.value) for sample in read_shares(None)]


def test_shares_are_of_the_limit_in_force_and_the_largest_comes_first(acme: Cast, globex: Cast) -> None:
    rows("UPDATE quotas SET used = 0")
    ours, theirs = str(acme.organization.id), str(globex.organization.id)
    use(acme, "executions", 5, limit=10)
    use(acme, "users", 3, limit=10, override=2)
    use(globex, "executions", 9, limit=10)
    use(globex, "pipelines", 2, limit=0)
    assert told() == [
        ((theirs, "pipelines"), 2.0),
        ((ours, "users"), 1.5),
        ((theirs, "executions"), 0.9),
        ((ours, "executions"), 0.5),
    ]
    rows("UPDATE quotas SET period_starts_on = '2001-01-01' WHERE period <> 'none'")
    rows("UPDATE organizations SET deleted_at = now() WHERE id = %(id)s", id=globex.organization.id)
    assert told() == [((ours, "users"), 1.5)]


def test_of_ten_thousand_organizations_twenty_quotas_are_told_and_a_scrape_reads_no_others(acme: Cast) -> None:
    rows(
        """INSERT INTO organizations (id, created_at, updated_at, name, slug, plan, status, max_users, max_pipelines,
                                      max_executions_per_month, schema_name, credential_version)
           SELECT gen_random_uuid(), now(), now(), n, 'many-' || n, 'free', 'pending', 1, 1, 1, 't_many_' || n, 1
             FROM generate_series(1, 10000) AS n"""
    )
    try:
        rows(
            """INSERT INTO quotas (id, created_at, updated_at, organization_id, resource, "limit", used, reserved, period,
                                   period_starts_on)
               SELECT gen_random_uuid(), now(), now(), id, 'users', 100000, 90000 + name::int, 0, 'none', now()
                 FROM organizations WHERE slug LIKE 'many-%%'"""
        )
        found = told()
    finally:
        rows("DELETE FROM organizations WHERE slug LIKE 'many-%%'")
    assert [share for _, share in found] == [(100_000 - n) / 100_000 for n in range(MOST)]
    assert len({labels for labels, _ in found}) == MOST
    assert [each for each in statements_of(lambda: read_shares(None)) if " quotas" in each] == []


def test_what_no_job_looked_at_for_long_is_not_told_and_without_a_database_nothing_is(acme: Cast) -> None:
    assert ((str(acme.organization.id), "users") in dict(told())) is True
    rows("UPDATE quota_shares SET found_at = now() - interval '6 minutes'")
    assert read_shares(None) == []
    rows("ALTER TABLE quota_shares RENAME TO gone")
    try:
        assert read_shares(None) == []
    finally:
        rows("ALTER TABLE gone RENAME TO quota_shares")


def test_looking_twice_at_once_keeps_each_once(acme: Cast) -> None:
    before = told()
    at_once(lambda _: find_largest(timestamp=0), 4)
    assert [(sample.labels, sample.value) for sample in read_shares(None)] == before
    assert {sample.reading for sample in read_shares(None)} == {QUOTA_USED_RATIO}
