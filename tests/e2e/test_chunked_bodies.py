"""Chunked bodies over a real connection: read by the server, bounded, and never taken for empty."""

from __future__ import annotations

import http.client
import socket
from collections.abc import Iterator
from typing import Any

import orjson
import pytest

from tests.servers import PATIENCE_SECONDS, Platform

pytestmark = [pytest.mark.slow, pytest.mark.fault("E3")]

LOGIN = "/api/v1/auth/login/"


def send(platform: Platform, chunks: Iterator[bytes], **headers: str) -> tuple[int, Any]:
    connection = http.client.HTTPConnection("127.0.0.1", platform.port, timeout=PATIENCE_SECONDS)
    try:
        sent = {"Host": f"localhost:{platform.port}", "Content-Type": "application/json", **headers}
        connection.request("POST", LOGIN, chunks, sent, encode_chunked=True)
        response = connection.getresponse()
        return response.status, orjson.loads(response.read())
    finally:
        connection.close()


def raw(platform: Platform, head: str, body: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", platform.port), timeout=PATIENCE_SECONDS) as connection:
        written = f"POST {LOGIN} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{head}\r\n\r\n"
        connection.sendall(written.encode() + body)
        return connection.recv(65_536).partition(b"\r\n")[0]


CHUNKED = {"Transfer-Encoding": "chunked"}


def test_a_chunked_body_is_read_like_any_other(platform: Platform) -> None:
    whole = orjson.dumps({"email": "nobody@acme.example", "password": "x", "wrong": 1})
    (status, body) = send(platform, (whole[at : at + 7] for at in range(0, len(whole), 7)), **CHUNKED)
    assert (status, body["errors"]) == (
        400,
        [{"field": "wrong", "code": "unknown_field", "detail": "There is no such field."}],
    )
    fine = orjson.dumps({"email": "nobody@acme.example", "password": "x"})
    assert send(platform, iter([fine]), **CHUNKED)[0] == 401


def test_a_chunked_body_is_no_larger_than_any_other(platform: Platform) -> None:
    status, body = send(platform, (b" " * 100_000 for _ in range(11)), **CHUNKED)
    assert (status, body["code"]) == (413, "payload_too_large")


def test_a_coding_that_is_not_undone_is_refused(platform: Platform) -> None:
    status, body = send(platform, iter([b"{}"]), **{"Transfer-Encoding": "gzip, chunked"})
    assert (status, body["code"]) == (411, "length_required")


@pytest.mark.parametrize("body", [b"zz\r\n{}\r\n0\r\n\r\n", b"2\r\n{}XX0\r\n\r\n", b"-1\r\n"])
def test_what_is_no_chunk_is_a_bad_request(platform: Platform, body: bytes) -> None:
    assert raw(platform, "Transfer-Encoding: chunked", body) == b"HTTP/1.1 400 Bad Request"


@pytest.mark.fault("E9")
@pytest.mark.parametrize("charset", ["hex", "rot13", "unicode_escape", "utf-7"])
def test_a_charset_by_which_no_text_is_written_is_refused(platform: Platform, charset: str) -> None:
    answer = platform.call("GET", "/api/v1/users/?search=41", **{"Content-Type": f"text/plain; charset={charset}"})
    assert (answer.status, answer.body["code"]) == (415, "unsupported_media_type")
