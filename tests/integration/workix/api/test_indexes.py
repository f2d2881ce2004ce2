"""Every filter and ordering that a list offers is served by an index: EXPLAIN ANALYZE over filled tables."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from psycopg import sql
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from accounts.api.invitations import InvitationViewSet
from accounts.api.users import PersonViewSet
from accounts.login.login import InvalidCredentials, log_in
from accounts.models import User
from audit.api.audit_logs import LogEntryViewSet
from tenants.scope import use_tenant
from tests.cast import Cast
from tests.database import superuser
from workix.api.checks import routed_actions
from workix.api.filters import Filters

#: Of each table; and what one page of 50 may read of it.
ROWS, MOST = 20_000, 1_000
#: Looks for a part of a text, as `search` does: no B-tree serves it, and trigrams (pg_trgm) are not on every server.
PARTS_OF_TEXTS = {"resource_label"}
#: Look for words in many columns at once, by an index of its own: tests/integration/audit/reading/test_search.py.
WORDS = {"search"}
FILLED = ("users", "audit_logs", "invitations")
FILL = [
    "SET session_replication_role = replica",  # no triggers: these rows are for their number only
    f"""INSERT INTO users (id, created_at, updated_at, email, password_hash, first_name, last_name, role, is_active, last_login)
        SELECT gen_random_uuid(), now() + n * interval '1 second', now(), n || '@acme.example', '', 'F' || n % 997, 'L' || n % 13,
               CASE WHEN n < 10 THEN 'user' ELSE 'viewer' END, n > 20, CASE WHEN n % 2 = 0 THEN now() - n * interval '1 hour' END
          FROM generate_series(1, {ROWS}) AS n""",
    # The older half was imported, the newer half is of people: what one of them holds the other never does.
    f"""INSERT INTO audit_logs (created_at, actor_type, actor_id, action, resource_type, resource_id, resource_label, request_id,
                                on_behalf_of, run_id)
        SELECT timestamptz '2020-01-01' + n * interval '1 minute', 'person', md5((n % 500)::text)::uuid,
               CASE WHEN n < 10 THEN 'rare.done' WHEN n < {ROWS // 2} THEN 'import.made' ELSE 'user.changed' END,
               CASE WHEN n < {ROWS // 2} THEN 'import' ELSE 'user' END, md5((n / 3)::text), 'Thing ' || n, md5((n / 4)::text),
               CASE WHEN n % 10 = 0 THEN md5((n % 7)::text)::uuid END, CASE WHEN n % 2 = 0 THEN 'run-' || n / 50 ELSE '' END
          FROM generate_series(1, {ROWS}) AS n""",
    f"""INSERT INTO invitations (id, created_at, updated_at, email, first_name, last_name, role, status, token_hash, expires_at,
                                 ended_at)
        SELECT gen_random_uuid(), now() + n * interval '1 second', now(), n || '@acme.example', '', '', 'user',
               CASE WHEN n < 10 THEN 'pending' WHEN n < 100 THEN 'withdrawn' ELSE 'accepted' END, '', now() + interval '1 day',
               CASE WHEN n >= 10 THEN now() END
          FROM generate_series(1, {ROWS}) AS n""",
    # What tests before this one took back is still in the indexes, and a bitmap counts it.
    "VACUUM (ANALYZE) users, audit_logs, invitations",
]


@pytest.fixture
def filled(acme: Cast) -> Cast:
    """Let Acme have many people and a long trail."""
    with superuser() as behind:
        behind.execute(sql.SQL("SET search_path = {}, public").format(sql.Identifier(acme.organization.schema_name)))
        for statement in FILL:
            behind.execute(statement)
    return acme


def rows_read(view: Any, query: dict[str, str]) -> int:
    """Return how many rows, of tables and indexes, the first page of a list looks at."""
    view.request = Request(APIRequestFactory().get("/", query))
    return explained(lambda: view.paginate_queryset(view.filter_queryset(view.get_queryset())))


def explained(call: Any) -> int:
    read: list[int] = []

    def explain(execute: Any, statement: str, params: Any, many: bool, context: Any) -> Any:
        if not any(f'"{table}"' in statement for table in FILLED) or not statement.startswith("SELECT"):
            return execute(statement, params, many, context)
        execute("EXPLAIN (ANALYZE, FORMAT JSON) " + statement, params, many, context)
        ((plan,),) = context["cursor"].fetchall()
        read.append(_scanned((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]))
        return execute(statement, params, many, context)

    with connection.execute_wrapper(explain):
        call()
    return max(read)


def _scanned(node: dict[str, Any]) -> int:
    removed = sum(node.get(f"Rows Removed by {why}", 0) for why in ("Filter", "Index Recheck"))
    here = (node["Actual Rows"] + removed) * node["Actual Loops"] if "Scan" in node["Node Type"] else 0
    return round(here) + sum(_scanned(each) for each in node.get("Plans", ()))


def values_of(model: Any, column: str) -> Sequence[str]:
    """Return the rarest value of a column, and the most frequent one."""
    table, name = (
        connection.ops.quote_name(each) for each in (model._meta.db_table, model._meta.get_field(column).column)
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {name} FROM {table} WHERE {name} IS NOT NULL GROUP BY 1 ORDER BY count(*), 1")  # noqa: S608
        found = [str(each) for (each,) in cursor.fetchall()]
    return [found[0], found[-1]]


def filters_of(view: Any) -> list[dict[str, str]]:
    queryset = view.get_queryset()
    filterset = Filters().get_filterset_class(view, queryset)
    if filterset is None:
        return [{}]
    columns = {
        name: each.field_name for name, each in filterset.base_filters.items() if name not in PARTS_OF_TEXTS | WORDS
    }
    named = [{name: value} for name, column in columns.items() for value in values_of(queryset.model, column)]
    return [{}, *named]


def orders_of(view: Any) -> list[dict[str, str]]:
    offered = getattr(view, "ordering_fields", None) or ()
    return [{}, *({"ordering": sign + each} for each in offered for sign in ("", "-"))]


def lists() -> list[type]:
    """Return every list that can be filtered or ordered."""
    views = {view for view, action in routed_actions() if action == "list"}
    offers = ("filterset_fields", "filterset_class", "ordering_fields")
    return sorted((view for view in views if any(getattr(view, each, None) for each in offers)), key=str)


@pytest.mark.fault("G4")
def test_every_filter_and_every_ordering_reads_about_a_page(filled: Cast) -> None:
    assert lists() == [InvitationViewSet, PersonViewSet, LogEntryViewSet]
    with use_tenant(filled.organization):
        asked = [(view, one | order) for view in lists() for one in filters_of(view()) for order in orders_of(view())]
        assert len(asked) > 60
        dear = {f"{view.__name__} {query}": read for view, query in asked if (read := rows_read(view(), query)) > MOST}
        assert dear == {}


@pytest.mark.fault("G4")
def test_what_never_meets_is_found_to_be_nothing_at_once(filled: Cast) -> None:
    nothing: list[dict[str, str]] = [
        {"resource_type": "user", "action": "import.made"},
        {"resource_type": "import", "action": "user.changed"},
        {"action": "nobody.did"},
        {"resource_type": "nothing"},
        {"resource_id": "nothing"},
        {"request_id": "nothing"},
        {"run_id": "nothing"},
        {"on_behalf_of": "00000000-0000-0000-0000-000000000000"},
        {"actor": "00000000-0000-0000-0000-000000000000"},
        {"action": "import.made", "to": "2020-01-02T00:00:00Z"},
        {"resource_type": "user", "from": "2030-01-01T00:00:00Z"},
    ]
    with use_tenant(filled.organization):
        assert [query for query in nothing if rows_read(LogEntryViewSet(), query) > MOST] == []


@pytest.mark.fault("G4")
@pytest.mark.fault("A1")
def test_a_log_in_finds_a_person_by_the_index_of_addresses(filled: Cast) -> None:
    def refused() -> None:
        with pytest.raises(InvalidCredentials):
            log_in(email=" 77@Acme.example", password="wrong", now=timezone.now())

    with use_tenant(filled.organization):
        assert explained(lambda: User.objects.get_by_natural_key("77@Acme.example")) <= 2
        assert explained(refused) <= 2
