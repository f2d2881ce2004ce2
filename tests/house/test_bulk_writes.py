"""What goes around a model's save() is listed here, with the reason: the trail sees it, but a reader should too."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.house.sources import PRODUCT, calls, dotted, name, python_files

#: File -> why it writes rows in bulk, by a conditional update, or in SQL of its own.
MAY_WRITE_ROWS = {
    "accounts/members.py": "whoever may not come in any more has every session ended at once",
    "accounts/login/password_change.py": "a new password ends every other session at once",
    "workix/api/idempotency.py": "a claim decides who of two does the work",
    "accounts/tokens/email_tokens.py": "one conditional UPDATE decides who of two uses a link",
    "accounts/login/sessions.py": "one conditional UPDATE decides who of two renews a session",
    "quotas/limits.py": "an opening writes all its quotas at once",
}
#: File -> why it speaks SQL.
MAY_SPEAK_SQL = {
    "accounts/authentication/bearer.py": "session, person and organization in one statement a request",
    "accounts/email_confirmation.py": "calls a function of `public`",
    "accounts/email_index.py": "calls functions of `public`",
    "accounts/realms.py": "calls a function of `public`",
    "audit/recording.py": "inserts the columns a tenant role may insert, and no others",
    "quotas/consumption.py": "calls functions of `public`",
    "quotas/limits.py": "calls functions of `public`",
    "workix/api/idempotency.py": "claims a key, and waits no longer than a moment for who was first",
    "quotas/rate_limits.py": "counts in one statement, as the control role",
    "tenants/backend/base.py": "sets search_path and the context of a transaction",
    "tenants/schema/template.py": "keeps and reads the blueprint, as the owner",
    "tenants/metrics.py": "asks the pool's and the queue's figures",
    "tenants/current_organization.py": "calls functions of `public`",
    "tenants/jobs/tenant_task.py": "calls functions of `public`",
    "tenants/provisioning.py": "replays the blueprint, as the owner",
    "tenants/schema/rollout.py": "reads which migrations each schema has, as the owner",
    "tenants/schema/catalog.py": "reads a schema back from the catalogs, as the owner",
    "tenants/health.py": "asks whether the database answers",
}
#: Everything in here is SQL, and reviewed line by line.
LOCKED_ROOM = ("tenants/isolation/", "tenants/isolation_tests/")
BULK = ("bulk_create", "bulk_update")
#: Receivers whose `update` changes no row: the ambient context, dictionaries, digests.
NOT_A_QUERYSET = ("Current", "digest", "event", "headers", "statements")


def test_rows_are_written_around_the_models_only_where_it_is_said_why() -> None:
    writers = {name(file) for file in _files() if any(_writes_rows(call) for call in calls(file))}
    assert sorted(writers - MAY_WRITE_ROWS.keys()) == []


def test_sql_is_spoken_only_where_it_is_said_why() -> None:
    speakers = {name(file) for file in _files() if any(_speaks_sql(call) for call in calls(file))}
    assert sorted(speakers - MAY_SPEAK_SQL.keys()) == []


def test_no_reason_has_outlived_its_file() -> None:
    there = {name(file) for file in _files()}
    assert sorted((MAY_WRITE_ROWS.keys() | MAY_SPEAK_SQL.keys()) - there) == []


def _files() -> list[Path]:
    return [file for file in python_files(*PRODUCT) if not name(file).startswith(LOCKED_ROOM)]


def _writes_rows(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute):
        return False
    if call.func.attr in BULK:
        return True
    receiver = dotted(call.func.value).split(".")[0]
    named = [keyword for keyword in call.keywords if keyword.arg]
    return call.func.attr == "update" and bool(named) and not call.args and receiver not in NOT_A_QUERYSET


def _speaks_sql(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute) or ast.unparse(call.func.value) == "super()":
        return False
    return call.func.attr in ("execute", "executemany", "raw", "extra")
