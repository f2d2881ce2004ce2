"""A chunked body reaches Django whole and with its length, or not at all."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest

from workix.web.chunked_bodies import with_length

CHUNKED = {"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True}


def seen(body: bytes, **environ: Any) -> tuple[bytes, str | None, str | None]:
    """Return what the application reads, the length it is told, and the transfer coding it still sees."""
    found: list[WSGIEnvironment] = []

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        found.append(environ)
        return []

    with_length(application, largest=10)({"wsgi.input": io.BytesIO(body), **environ}, lambda *_: lambda _: None)
    (told,) = found
    length = told.get("CONTENT_LENGTH")
    read = told["wsgi.input"].read(int(length)) if length else b""
    return read, length, told.get("HTTP_TRANSFER_ENCODING")


@pytest.mark.fault("E3")
@pytest.mark.parametrize("coding", ["chunked", "Chunked", " chunked "])
@pytest.mark.parametrize("body", [b"", b"x", b"x" * 10])
def test_a_chunked_body_has_its_length(body: bytes, coding: str) -> None:
    assert seen(body, **CHUNKED | {"HTTP_TRANSFER_ENCODING": coding}) == (body, str(len(body)), None)


@pytest.mark.fault("E3")
def test_of_an_endless_body_one_byte_more_than_allowed_is_read() -> None:
    assert seen(b"x" * 5_000, **CHUNKED) == (b"x" * 11, "11", None)


@pytest.mark.fault("E3")
@pytest.mark.parametrize(
    "environ",
    [
        {"HTTP_TRANSFER_ENCODING": "chunked"},  # a server that does not decode
        CHUNKED | {"HTTP_TRANSFER_ENCODING": "gzip, chunked"},
        CHUNKED | {"HTTP_TRANSFER_ENCODING": "chunked, identity"},
        CHUNKED | {"HTTP_TRANSFER_ENCODING": ""},
        CHUNKED | {"CONTENT_LENGTH": "3"},
    ],
    ids=str,
)
def test_what_is_not_understood_is_left_for_the_refusal(environ: dict[str, Any]) -> None:
    assert seen(b"abc", **environ)[1:] == (environ.get("CONTENT_LENGTH"), environ["HTTP_TRANSFER_ENCODING"])


def test_a_body_with_its_length_passes_as_it_is() -> None:
    assert seen(b"abc", CONTENT_LENGTH="3") == (b"abc", "3", None)
