"""JSON in and out: strict on the way in, and nothing fails on the way out."""

from __future__ import annotations

import io
import uuid
from datetime import UTC, datetime

import orjson
import pytest
from django.core.exceptions import RequestDataTooBig
from django.utils.functional import lazystr
from pytest_django.fixtures import Settings
from rest_framework.exceptions import ParseError

from workix.api.renderers import JSONParser, JSONRenderer


def parse(body: bytes) -> object:
    return JSONParser().parse(io.BytesIO(body))


def test_json_is_read() -> None:
    assert parse('{"a": [1, 2.5, null, true, "ü🙂"]}'.encode()) == {"a": [1, 2.5, None, True, "ü🙂"]}


@pytest.mark.requirement("S122")
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"NaN",
        b'{"a": Infinity}',
        b'{"a": 1,}',
        b"{'a': 1}",
        b'"\xff\xfe"',
        b'"\\ud800"',
        b'"\xed\xa0\x80"',
        b"[" * 100_000,
        b'{"a":' * 5_000 + b"1" + b"}" * 5_000,
        b"\x00",
        b"1 2",
    ],
    ids=repr,
)
def test_what_is_no_strict_json_is_refused_as_such(body: bytes) -> None:
    with pytest.raises(ParseError) as caught:
        parse(body)
    assert str(caught.value.detail) == "The body is not valid JSON."


@pytest.mark.fault("A4")
@pytest.mark.parametrize(
    "body",
    [
        orjson.dumps({f"k{number}": 1 for number in range(90_000)}),
        orjson.dumps({"a": {f"k{number}": 1 for number in range(10_001)}}),
        b"[" + b"0," * 400_000 + b"0]",
        b"[" + b"[]," * 300_000 + b"[]]",
        b"[" * 33 + b"]" * 33,
        b'{"a":' * 300 + b"1" + b"}" * 300,
    ],
    ids=lambda body: repr(body[:12]),
)
def test_json_is_bounded_in_depth_and_values(body: bytes) -> None:
    with pytest.raises(ParseError) as caught:
        parse(body)
    assert str(caught.value.detail) == "The body nests deeper than 32 or holds more than 10000 values."


@pytest.mark.fault("A4")
def test_a_view_may_take_more_by_a_parser_of_its_own() -> None:
    class Deep(JSONParser):
        max_depth = 100

    assert Deep().parse(io.BytesIO(b"[" * 99 + b"]" * 99))


def test_a_body_that_is_too_large_is_not_read_to_its_end(settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    assert parse(b'"' + b"x" * 98 + b'"') == "x" * 98
    endless = io.BytesIO(b'"' + b"x" * 10_000 + b'"')
    with pytest.raises(RequestDataTooBig):
        JSONParser().parse(endless)
    assert endless.tell() == 101


def test_whatever_a_view_returns_is_written() -> None:
    identity, moment = uuid.UUID(int=1), datetime(2026, 11, 23, tzinfo=UTC)
    written = JSONRenderer().render({"id": identity, "at": moment, "lazy": lazystr("x"), 1: float("nan")})
    assert written == (b'{"id":"00000000-0000-0000-0000-000000000001","at":"2026-11-23T00:00:00Z","lazy":"x","1":null}')


def test_nothing_is_written_as_nothing() -> None:
    assert JSONRenderer().render(None) == b""
