"""Writing pipelines over the API: who may do what, what is refused, and what the audit trail says of it."""

from __future__ import annotations

from typing import Any

import pytest

from examples.pipelines.tests.factory import counted, make_pipeline, path_of
from tests.acts import at_once, rows
from tests.cast import Api, Cast
from workix.core.models import uuid7


def entries(cast: Cast) -> list[tuple[Any, ...]]:
    """List what the audit trail says of pipelines, the oldest first."""
    asked = "SELECT action, actor_label FROM audit_logs WHERE resource_type = 'pipeline' ORDER BY created_at, id"
    return rows(asked, cast)


def test_a_user_adds_a_pipeline(acme: Cast, bob: Api) -> None:
    answer = bob.post("pipelines/", {"name": "  Invoices "})
    made = answer.body
    assert (answer.status, answer.headers["Location"]) == (201, f"/api/v1/pipelines/{made['id']}/")
    assert made == {
        "id": made["id"],
        "name": "Invoices",
        "is_enabled": True,
        "schedule": "manual",
        "created_at": made["created_at"],
        "updated_at": made["updated_at"],
    }
    assert bob.get(answer.headers["Location"]).body == made
    assert (entries(acme), counted(acme)) == ([("pipeline.created", "bob@acme.example")], (1, 1))


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({}, "name", "required"),
        ({"name": " "}, "name", "blank"),
        ({"name": "x" * 201}, "name", "max_length"),
        ({"name": "Invoices", "is_enabled": "yes"}, "is_enabled", "invalid"),
        ({"name": "Invoices", "colour": "red"}, "colour", "unknown_field"),
    ],
    ids=str,
)
def test_a_wrong_body_is_refused(acme: Cast, bob: Api, body: dict[str, Any], field: str, code: str) -> None:
    answer = bob.post("pipelines/", body)
    assert (answer.status, [(each["field"], each["code"]) for each in answer.body["errors"]]) == (400, [(field, code)])
    assert (entries(acme), counted(acme)) == ([], (0, 0))


def test_the_same_call_under_one_key_is_done_once(acme: Cast, bob: Api) -> None:
    first, second = (bob.post("pipelines/", {"name": "Invoices"}, Idempotency_Key="one") for _ in range(2))
    assert (second.status, second.body, second.headers["Idempotency-Replayed"]) == (201, first.body, "true")
    assert counted(acme) == (1, 1)


def test_a_change_touches_what_is_sent(acme: Cast, bob: Api) -> None:
    pipeline = make_pipeline(acme)
    answer = bob.patch(path_of(pipeline), {"is_enabled": False})
    assert (answer.status, answer.body["name"], answer.body["is_enabled"]) == (200, "Invoices", False)
    assert entries(acme)[-1] == ("pipeline.updated", "bob@acme.example")


def test_what_is_removed_is_gone_and_recorded(acme: Cast, bob: Api) -> None:
    pipeline = make_pipeline(acme)
    path = path_of(pipeline)
    assert [bob.delete(path).status, bob.delete(path).status, bob.get(path).status] == [204, 404, 404]
    assert (entries(acme)[-1], counted(acme)) == (("pipeline.deleted", "bob@acme.example"), (0, 0))


def test_of_eight_who_remove_one_at_once_exactly_one_does(acme: Cast, bob: Api) -> None:
    pipeline = make_pipeline(acme)
    answers = at_once(lambda _: bob.delete(path_of(pipeline)), 8)
    assert sorted(each.status for each in answers) == [204, *[404] * 7]
    assert counted(acme) == (0, 0)


def test_a_viewer_may_look_but_not_touch(acme: Cast, vera: Api) -> None:
    pipeline = make_pipeline(acme)
    path = path_of(pipeline)
    tried = (vera.post("pipelines/", {"name": "Mine"}), vera.patch(path, {"name": "Mine"}), vera.delete(path))
    assert [(each.status, each.body["code"]) for each in tried] == [(403, "permission_denied")] * 3
    assert vera.get(path).body["name"] == "Invoices"


def test_nobody_comes_in_without_logging_in(anonymous: Api) -> None:
    assert [anonymous.get("pipelines/").status, anonymous.post("pipelines/", {"name": "Mine"}).status] == [401, 401]


def test_another_organization_finds_nothing(acme: Cast, alice: Api, gina: Api) -> None:
    """Gina is an admin, of Globex: to her there is nothing, and no difference to an id that never was."""
    path = path_of(make_pipeline(acme))
    assert alice.get(path).status == 200
    for where in (path, f"pipelines/{uuid7()}/"):
        tried = (gina.get(where), gina.patch(where, {"name": "Mine"}), gina.delete(where))
        assert [(each.status, each.body["code"]) for each in tried] == [(404, "not_found")] * 3
    assert (gina.get("pipelines/").body["results"], alice.get(path).body["name"]) == ([], "Invoices")
