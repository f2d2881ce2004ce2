"""Dry run of every operation that changes something: the database is as before, and the answer is what the real call answers."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from agents.dry_run import MUTATING, takes_a_secret
from tests.cast import Answer, Api, Cast
from tests.database import superuser
from tests.integration.accounts.api_keys.callers import service
from tests.security.documents import operations
from tests.security.test_who_may_do_what import BODIES, path_of  # noqa: F401  # a fixture

pytestmark = pytest.mark.requirement("N5")

TRIED = [each for each in operations().values() if each.method in MUTATING and not takes_a_secret(each.path)]
REFUSED = [each for each in operations().values() if each.method in MUTATING and takes_a_secret(each.path)]
#: What is counted stays counted, or nobody would be limited.
COUNTED = ("request_rates", "attempts", "heavy_use")
#: Where the answer says that nothing was sent.
SENDS = "webhooks_test_create"
#: A search, and a group that has these members already.
CHANGE_NOTHING = ("scim_users_search", "scim_groups_update", "scim_groups_partial_update")
_NAMES = """
    SELECT format('%%I.%%I', n.nspname, c.relname) FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
     WHERE c.relkind = 'r' AND (n.nspname LIKE 'org%%' OR n.nspname = 'public') AND c.relname <> ALL (%s) ORDER BY 1"""
_SUM = "SELECT '{0}', md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {0} AS t"


def everything() -> dict[str, str]:
    """Return a checksum of each table, of every schema."""
    with superuser() as connection:
        names = [name for (name,) in connection.execute(_NAMES, [list(COUNTED)]).fetchall()]
        return dict(connection.execute(" UNION ALL ".join(_SUM.format(name) for name in names)).fetchall())  # type: ignore[arg-type]


_DRAWN = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\d{4}-\d\d-\d\dT[\d:.]+(?:Z|\+00:00)"
    r"|(?:wxk_|wxa_|whsec_)\S+|[\w-]{43}"
)


def but_for_what_is_drawn(value: Any) -> Any:
    """Put a word in the place of ids, times and secrets."""
    if isinstance(value, dict):
        return {
            name: but_for_what_is_drawn(each) for name, each in value.items() if name not in ("request_id", "version")
        }
    if isinstance(value, list):
        return [but_for_what_is_drawn(each) for each in value]
    return _DRAWN.sub("drawn", value) if isinstance(value, str) else value


def without_effects(answer: Answer) -> Any:
    return {name: each for name, each in (answer.body or {}).items() if name != "dry_run"} or b""


@pytest.fixture
def ask(acme: Cast, alice: Api, path_of: Callable[[str], str], operation: Any) -> Callable[..., Answer]:  # noqa: F811
    """Let Alice ask for the operation, with a body that is right; SCIM by its key."""
    path, body = operation.path, _body_of(operation, acme, alice)
    if operation.id.startswith("quotas_reservations_") and operation.id != "quotas_reservations_create":
        held = alice.post("quotas/executions/reservations/", {"amount": 1})
        path = path.replace("{id}", held.body["id"])
    filled = path_of(path)
    if operation.id == "agents_restart_create":
        alice.post("agents/stop-all/", body)
    caller = service(acme) if "/scim/" in path else alice
    if caller is not alice:
        caller.get("scim/v2/Users")  # that a key was used is kept
    return lambda **headers: caller.call(operation.method, filled, body or None, **headers)


def _body_of(operation: Any, acme: Cast, alice: Api) -> Any:
    body, bob = BODIES.get(operation.id, operation.body), str(acme.people["bob"].id)
    if operation.id == "quotas_releases_create":
        body = {"consumption": alice.post("quotas/executions/consumptions/", {"amount": 1}).body["id"]}
    if operation.id == "roles_members_create":
        body = {"user": str(acme.people["vera"].id)}
    if operation.id == "privacy_erasures_create":
        body = {"user": bob}
    if operation.id == "scim_users_create":
        body = {**body, "userName": "dave@acme.example"}
    return _with_value(body, bob) if operation.id.startswith("scim_groups_") else body


@pytest.mark.parametrize("operation", TRIED, ids=lambda each: each.id)
def test_a_dry_run_keeps_nothing_and_answers_as_the_real_call_does(
    globex: Cast, ask: Callable[..., Answer], operation: Any
) -> None:
    before = everything()
    tried = ask(Workix_Dry_Run="true")
    assert everything() == before
    done = ask()
    assert done.status < 300, done
    assert (everything() == before) is (operation.id in CHANGE_NOTHING)
    assert tried.status == (200 if done.status == 204 else done.status)
    if operation.id != SENDS:
        assert but_for_what_is_drawn(without_effects(tried)) == but_for_what_is_drawn(done.body)
    assert set(tried.body["dry_run"]) == {"changes", "quota_effects", "jobs"}


def test_what_takes_a_secret_can_not_be_tried(acme: Cast, alice: Api) -> None:
    before = everything()
    assert len(REFUSED) > 30
    for each in REFUSED:
        path, body = each.path.replace("{id}", str(acme.people["bob"].id)), BODIES.get(each.id, each.body)
        refused = alice.call(each.method, path, body or None, Workix_Dry_Run="true")
        assert (each.id, refused.status, refused.body["code"]) == (each.id, 400, "dry_run_refused")
    assert everything() == before


def _with_value(body: Any, value: str) -> Any:
    """Put an id in the place of each `value` that is one."""
    if isinstance(body, dict):
        return {
            name: value if name == "value" and isinstance(each, str) else _with_value(each, value)
            for name, each in body.items()
        }
    return [_with_value(each, value) for each in body] if isinstance(body, list) else body
