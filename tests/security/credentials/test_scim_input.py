"""Hostile input to SCIM: wrong types everywhere, NUL, huge numbers, many operations: an error of SCIM, never a 5xx."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from tests.cast import Api, Cast
from tests.integration.accounts.scim.provider import PATCH, carol, fault, patch, person, provider
from tests.security.documents import Operation, operations
from tests.security.test_hostile_values import BROKEN_BODIES, HOSTILE, with_each_field_hostile

WRITES = [each for each in operations().values() if "/scim/" in each.path and each.body]
READS = [each for each in operations().values() if "/scim/" in each.path and each.method == "GET"]


@pytest.fixture
def okta(acme: Cast) -> Api:
    return provider(acme)


def path_of(operation: Operation, cast: Cast) -> str:
    return operation.path.replace("{id}", "user" if "Groups" in operation.path else person(cast, "bob"))


def bodies(operation: Operation, value: Any) -> Iterator[dict[str, Any]]:
    yield from with_each_field_hostile(operation.body, value)
    for each in operation.body.get("Operations", ()):
        for inner in with_each_field_hostile(each, value):
            yield {**operation.body, "Operations": [inner]}


@pytest.mark.slow
@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("operation", WRITES, ids=lambda operation: operation.id)
def test_a_hostile_value_is_answered_as_declared(acme: Cast, okta: Api, operation: Operation, kind: str) -> None:
    for body in bodies(operation, HOSTILE[kind]):
        answer = okta.call(operation.method, path_of(operation, acme), json.dumps(body).encode())
        assert answer.status in operation.statuses, (body, answer.body)
        if answer.status >= 400:
            assert fault(answer)[0] < 500
        if answer.status == 400:
            assert fault(answer)[1]


@pytest.mark.parametrize("kind", BROKEN_BODIES)
@pytest.mark.parametrize("operation", WRITES, ids=lambda operation: operation.id)
def test_a_broken_body_is_refused(acme: Cast, okta: Api, operation: Operation, kind: str) -> None:
    answer = okta.call(operation.method, path_of(operation, acme), BROKEN_BODIES[kind])
    assert fault(answer) in [(413, ""), (400, "invalidSyntax")]


@pytest.mark.parametrize("operation", READS, ids=lambda operation: operation.id)
def test_a_hostile_query_is_answered_as_declared(acme: Cast, okta: Api, operation: Operation) -> None:
    for value in (each for each in HOSTILE.values() if isinstance(each, str)):
        for name in operation.queries:
            answer = okta.get(f"{path_of(operation, acme)}?{name}={quote(value[:3_000])}")
            assert answer.status in operation.statuses, (name, value, answer.body)
            if answer.status >= 400:
                fault(answer)


def test_a_patch_has_so_many_operations_at_most(acme: Cast, okta: Api) -> None:
    one = {"op": "replace", "path": "name.givenName", "value": "Robert"}
    where = f"scim/v2/Users/{person(acme, 'bob')}"
    assert fault(okta.patch(where, patch(*[one] * 1_000))) == (400, "invalidValue")
    assert okta.patch(where, patch(*[one] * 100)).status == 200


@pytest.mark.parametrize(
    "path",
    [
        "a" * 10_000,
        "a[" * 1_000,
        "\u0000",
        "name.given\u0000Name",
        "name..givenName",
        ".",
        "$",
        "[]",
        "members[]",
        1,
        [],
        {},
    ],
    ids=str,
)
def test_a_path_that_can_not_be_is_refused(acme: Cast, okta: Api, path: Any) -> None:
    operation = {"op": "replace", "path": path, "value": "x"}
    status, kind = fault(
        okta.patch(f"scim/v2/Users/{person(acme, 'bob')}", {"schemas": [PATCH], "Operations": [operation]})
    )
    assert (status, kind in ("invalidPath", "invalidFilter")) == (400, True)


@pytest.mark.parametrize("header", ["If-Match", "If-None-Match"])
@pytest.mark.parametrize("value", ['"', "W/", ",,,", "x" * 2_000, "*, *"])
def test_a_version_that_is_none_is_another_version(acme: Cast, okta: Api, header: str, value: str) -> None:
    where, sent = f"scim/v2/Users/{person(acme, 'bob')}", {header.replace("-", "_"): value}
    if header == "If-Match":
        assert fault(okta.delete(where, **sent)) == (412, "")
    else:
        assert okta.get(where, **sent).status == 200


@pytest.mark.parametrize(
    "changes",
    [
        {"userName": "x" * 300 + "@acme.example"},
        {"userName": "carol@" + "x" * 300},
        {"userName": "carol@acme.example\u0000"},
        {"userName": "carol@acme.example\r\nBcc: eve@evil.example"},
        {"userName": ["carol@acme.example"]},
        {"externalId": "x" * 256},
        {"externalId": {"a": 1}},
        {"name": {"givenName": "x" * 101}},
        {"name": {"givenName": "Carol\r\nBcc: eve@evil.example"}},
        {"name": {"givenName": ["Carol"]}},
        {"name": []},
        {"active": []},
        {"active": {"a": True}},
        {"schemas": {"a": 1}},
        {"schemas": [1]},
    ],
    ids=str,
)
def test_nobody_is_added_by_a_value_that_can_not_be(okta: Api, changes: dict[str, Any]) -> None:
    assert fault(okta.post("scim/v2/Users", carol(**changes)))[0] == 400
    assert okta.get("scim/v2/Users?count=0").body["totalResults"] == 3
