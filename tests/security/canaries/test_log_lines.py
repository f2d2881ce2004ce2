"""Canaries in lines of the log: whatever a line quotes, and however it quotes it, a secret is not in it."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from tests.security.canaries.canaries import CANARIES, Canary
from workix.core.current import Current
from workix.observability.logging import EventFormatter

pytestmark = pytest.mark.requirement("S79")

FORMATTERS = [EventFormatter(), EventFormatter(pretty=True)]


class Quoting:
    """Something that tells what it holds."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __str__(self) -> str:
        return self.text


def written(canary: Canary) -> Iterator[tuple[str, str]]:
    """Quote a secret with its name, as programs do, and, where it has a form of its own, without it."""
    name, value = canary.name, canary.value
    body = json.dumps({"n": 1, name: value, "z": [2]})
    yield "mapping", repr({"a": {name: value}})
    yield "JSON", body
    yield "body", repr(body.encode())
    yield "JSON in JSON", json.dumps({"body": body})
    yield "form", urlencode({"a": 1, name: value, "z": 2})
    yield "address", f"https://acme.example/x/?{urlencode({name: value})}#z"
    yield "QueryDict", repr(QueryDict(urlencode([(name, value), (name, f"{value}2"), ("z", 2)])))
    yield "headers", repr([("Host", "a"), (name, value)]) if name in ("Authorization", "Cookie") else f"{name}: {value}"
    yield "call", f"accounts.tasks.send[7]({name.replace('-', '_')}={value!r}, z=2)"
    yield "pydantic", f"1 validation error for Settings [type=string_type, input_value={value!r}, input_type=str]"
    yield "row", f"duplicate key value\nDETAIL:  Key ({name})=({value}) already exists."
    yield "cast", f'invalid input syntax for type uuid: "{value}"\nCONTEXT:  unnamed portal parameter $1'
    yield "role", f"ALTER ROLE workix PASSWORD '{value.replace(chr(39), chr(39) * 2)}' VALID UNTIL 'infinity'"
    if canary.has_form:
        yield "sentence", f"It was {value} that came."
        yield "quoted", repr(value)
        yield "path", f"/api/v1/users/{value}/roles/"
        yield "list", repr(["a", value, 3])
        yield "many lines", f"Traceback:\n  x\nValueError: {value}\nlater"


def failed(text: str) -> Any:
    try:
        try:
            raise ValueError(text)
        except ValueError as error:
            raise RuntimeError("could not") from error
    except RuntimeError as error:
        return type(error), error, error.__traceback__


def record_of(canary: Canary, text: str) -> logging.LogRecord:
    """Bring a text into one line in every way there is."""
    deep = {"deep": [{"deeper": (text, Quoting(text), text.encode())}]}
    named = {canary.name.replace("-", "_"): canary.value, "fields": {canary.name: [canary.value], "z": 1}}
    keys = {canary.value: 1, text: 2} if canary.has_form else {}
    message = {"name": "workix.test", "levelname": "ERROR", "msg": "%s of %r", "args": (Quoting(text), "z")}
    return logging.makeLogRecord({**message, "exc_info": failed(text), "words": deep, "keys": keys, **named})


@pytest.mark.parametrize("canary", CANARIES, ids=repr)
def test_no_line_holds_a_secret_however_it_is_quoted(canary: Canary) -> None:
    leaks = []
    for way, text in written(canary):
        record = record_of(canary, text)
        plain = logging.Formatter().format(record)
        assert (canary.core in text, plain.count(canary.core) >= 2) == (True, True), way  # there is something to leak
        lines = [each.format(record) for each in FORMATTERS]
        leaks += [(way, line) for line in lines if canary.core in line or "ERROR" in line]
    assert leaks == []


def test_each_canary_is_another_secret() -> None:
    assert len({canary.core for canary in CANARIES}) == len(CANARIES) > 30


def test_what_is_no_secret_stays_readable() -> None:
    said = {
        "event": "UNIQUE usage_once_per_period violated by 01890a5d-ac96-774b-bcce-b302099a8057 (code 23505)",
        "exception": "  File \"/srv/accounts/tokens.py\", line 7, in read\n    found = read(text)\nKeyError: 'password'",
        "reason": "The passkey expired; ask for another: https://acme.example/docs/?page=2",
        "path": "static/style.0123456789ab.css",
        "at": "2026-11-27T15:36:16.266907Z",
        "code": "quota_exceeded",
    }
    with Current.fresh():
        line = json.loads(FORMATTERS[0].format(logging.makeLogRecord({"name": "a", "msg": said["event"], **said})))
    assert {name: line[name] for name in said} == said
