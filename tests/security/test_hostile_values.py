"""Every parameter and field of every operation is given hostile values: never a 5xx, never an undeclared status."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import pytest

from tenants.resolution import forget_all
from tests.cast import Api, Cast, api_of
from tests.database import Baseline
from tests.security.documents import Operation, operations

DEEP: Any = []
for _ in range(300):
    DEEP = [DEEP]

pytestmark = pytest.mark.slow

HOSTILE: dict[str, Any] = {
    "sql": "' OR 1=1; DROP TABLE users; --",
    "sql union": "x' UNION SELECT password_hash FROM users --",
    "NUL": "a\u0000b",
    "very long": "x" * 100_000,
    "control characters": "\x01\x02\x1b[31m\r\n",
    "right to left": "\u202egnp.exe",
    "emoji": "💥" * 50,
    "format": "%s%n{0}{{7*7}}${jndi:ldap://x}",
    "path": "../../../../etc/passwd",
    "markup": "<script>alert(1)</script>",
    "number": 1,
    "huge number": 10**30,
    "negative": -1,
    "fraction": 0.5,
    "boolean": True,
    "nothing": None,
    "list": [1],
    "object": {"a": 1},
    "deep": DEEP,
}
BROKEN_BODIES = {
    "not JSON": b"{",
    "not Unicode": b'{"email": "\xff\xfe"}',
    "a lone surrogate": b'{"email": "\\ud800"}',
    "not a number": b'{"amount": NaN}',
    "a list": b"[]",
    "a text": b'"x"',
    "nothing": b"null",
    "deep": b"[" * 100_000,
    "too large": b'{"x": "' + b"x" * 2_000_000 + b'"}',
}
#: Nothing was looked at but what was sent, and nothing counted: whoever asks next finds everything as it was.
REFUSED = {400, 404, 413}
#: What is a person's to ask: SCIM is asked by keys, in tests/security/credentials/test_scim_input.py.
WRITES = [operation for operation in operations().values() if operation.body and "/scim/" not in operation.path]


def with_each_field_hostile(body: dict[str, Any], value: Any) -> Iterator[dict[str, Any]]:
    for name, given in body.items():
        yield {**body, name: value}
        if isinstance(given, dict):
            for inner in with_each_field_hostile(given, value):
                yield {**body, name: inner}


def path_of(operation: Operation, identity: str = "") -> str:
    return operation.path.replace("{id}", identity or str(uuid.uuid4())).replace("{resource}", identity or "executions")


@pytest.fixture
def anew(world: tuple[Cast, Cast, Baseline], database: None) -> Callable[[], Api]:
    """Put everything back, and let Alice begin a session: what succeeded may have ended hers, or changed what comes next."""

    def begin() -> Api:
        world[2].restore()
        forget_all()
        return api_of(world[0], "alice")

    return begin


@pytest.mark.requirement("S122")
@pytest.mark.requirement("S132")
@pytest.mark.parametrize("operation", WRITES, ids=lambda operation: operation.id)
def test_a_hostile_value_in_a_body_is_answered_as_declared(anew: Callable[[], Api], operation: Operation) -> None:
    alice = anew()
    for value in HOSTILE.values():
        for body in with_each_field_hostile(operation.body, value):
            answer = alice.call(operation.method, path_of(operation), json.dumps(body).encode())
            assert answer.status in operation.statuses - {429}, (body, answer.body)
            assert answer.status < 500
            if answer.status not in REFUSED or "current_password" in body:  # wrong ones are counted
                alice = anew()


@pytest.mark.parametrize("operation", WRITES, ids=lambda operation: operation.id)
def test_a_broken_body_is_refused(alice: Api, operation: Operation) -> None:
    for kind, body in BROKEN_BODIES.items():
        answer = alice.call(operation.method, path_of(operation), body)
        assert answer.status == (413 if kind == "too large" else 400) or answer.status in (404, 409), (
            kind,
            answer.body,
        )
        assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("operation", WRITES, ids=lambda operation: operation.id)
def test_only_json_is_taken(alice: Api, operation: Operation) -> None:
    answer = alice.call(operation.method, path_of(operation), b"a=1", Content_Type="application/x-www-form-urlencoded")
    assert (answer.status, answer.body["code"]) == (415, "unsupported_media_type")


@pytest.mark.parametrize("operation", operations().values(), ids=lambda operation: operation.id)
def test_a_hostile_query_or_path_is_answered_as_declared(alice: Api, operation: Operation) -> None:
    for value in (each for each in HOSTILE.values() if isinstance(each, str)):
        text = quote(value[:3_000])
        queries = [f"?{name}={text}" for name in (*operation.queries, "page", "page_size", "format", "cursor")]
        for query in queries if operation.method == "GET" else []:
            answer = alice.get(path_of(operation) + query)
            assert answer.status in operation.statuses, (query, answer.body)
        if "{" in operation.path:
            answer = alice.call(operation.method, path_of(operation, text), operation.body or None)
            assert answer.status in operation.statuses | {404}, (text, answer.body)
            assert answer.status < 500
