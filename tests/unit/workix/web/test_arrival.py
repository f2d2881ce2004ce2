"""A request on its way in: whole at the same byte however it is cut, refused as early as it can be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workix.web.server.arrival import LARGEST_HEAD, LARGEST_LINE, Arrival

LARGEST = 1_000
HEAD = b"POST /a HTTP/1.1\r\nHost: acme.example\r\n"
WHOLE = [
    b"GET / HTTP/1.1\r\nHost: acme.example\r\n\r\n",
    b"\r\nGET / HTTP/1.1\r\nHost: acme.example\r\n\r\n",
    HEAD + b"Content-Length: 0\r\n\r\n",
    HEAD + b"content-length:5 \r\n\r\n{\r\n\r\n",
    HEAD + b"Transfer-Encoding: Chunked\r\n\r\n0\r\n\r\n",
    HEAD + b"Transfer-Encoding: chunked\r\n\r\n5;a=b\r\n0\r\n\r\n\r\nA\r\n0123456789\r\n0\r\nA: 1\r\nB: 2\r\n\r\n",
]


def fed(*pieces: bytes) -> Arrival:
    arrival = Arrival(LARGEST)
    for piece in pieces:
        arrival.feed(piece)
    return arrival


@given(st.sampled_from(WHOLE), st.data())
def test_a_request_is_whole_at_its_last_byte_however_it_is_cut(request: bytes, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(request) - 1), max_size=4)))
    pieces = [request[start:end] for start, end in zip([0, *cuts], [*cuts, len(request) - 1], strict=True)]
    arrival = fed(*pieces)
    assert (arrival.is_over, arrival.length) == (False, None)
    arrival.feed(request[-1:])
    assert (arrival.is_over, arrival.length, arrival.refusal) == (True, len(request), None)


@given(st.lists(st.sampled_from(WHOLE), min_size=2, max_size=4))
def test_what_comes_behind_a_request_begins_the_next_one(requests: list[bytes]) -> None:
    arrival, taken = fed(b"".join(requests)), []
    for _ in requests:
        request, arrival = arrival.split()
        taken.append(request)
    assert (taken, bytes(arrival.received), arrival.is_over) == (requests, b"", False)


@pytest.mark.parametrize(
    ("status", "sent"),
    [
        (400, HEAD + b"A: 1\nB"),
        (400, HEAD + b"A: 1\r\n folded"),
        (400, b"GET  / HTTP/1.1\r\n\r\n"),
        (413, HEAD + b"Content-Length: 1001\r\n\r\n"),
        (413, HEAD + b"Content-Length: 10000000000000000000000\r\n\r\n"),
        (413, HEAD + b"Transfer-Encoding: chunked\r\n\r\nfffff\r\n" + b"x" * (LARGEST_HEAD + 2 * LARGEST)),
        (414, b"GET /" + b"a" * LARGEST_LINE),
        (431, HEAD + b"A: " + b"a" * LARGEST_HEAD),
        (501, HEAD + b"Transfer-Encoding: cow\r\n\r\n"),
    ],
    ids=str,
)
def test_nobody_waits_for_what_is_refused_anyway(status: int, sent: bytes) -> None:
    refusal = fed(sent).refusal
    assert refusal is not None
    assert refusal.status == status


@pytest.mark.parametrize(
    "fields",
    [
        b"Content-Length: 2\r\nContent-Length: 2\r\n",
        b"Content-Length: -2\r\n",
        b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n",
        b"Transfer-Encoding: gzip, chunked\r\n",
        b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n",
        b"Transfer-Encoding: chunked\r\n\r\n" + b"1" * 9_000,
    ],
)
def test_what_cannot_be_framed_is_handed_to_the_parser_at_once(fields: bytes) -> None:
    sent = HEAD + fields + (b"" if b"\r\n\r\n" in fields else b"\r\n")
    assert fed(sent).length == len(sent)


def test_it_knows_the_target_and_whether_the_client_waits_before_the_body_is_there() -> None:
    arrival = fed(HEAD + b"EXPECT: 100-Continue\r\nContent-Length: 5\r\n\r\n")
    assert (arrival.path, arrival.asks_to_continue, arrival.has_head, arrival.is_over) == (b"/a", True, True, False)


@pytest.mark.fault("F7")
@pytest.mark.parametrize(
    ("request_", "origin"),
    [
        (HEAD + b"ORIGIN:  https://app.example \r\nContent-Length: 1001\r\n\r\n", "https://app.example"),
        (HEAD + b"Content-Length: 25\r\n\r\n{\r\nOrigin: https://evil.ex\r\n", ""),
        (HEAD + b"X-Origin: https://app.example\r\n", ""),
        (HEAD, ""),
    ],
)
def test_whose_page_calls_is_known_from_the_head(request_: bytes, origin: str) -> None:
    assert fed(request_).origin == origin
