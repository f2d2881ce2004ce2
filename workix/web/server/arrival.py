"""A request on its way in (RFC 9112): knows when head and body have come whole, and when they are too much."""

# Note [Who decides what a request says]
# What is read here decides only how long to wait, and what is too large to wait for. What the bytes mean is decided by one
# parser, gunicorn's, which gets exactly the bytes that were counted here and finds the end of input behind them. Where
# the two would disagree, the parser misses bytes or has some left: the connection is closed, and nothing is read as a
# second request that was the first one's body. Two lengths and the like are handed over at once: the parser refuses them.
# The parser in C reads line feeds without a carriage return, folded fields and a second blank in the request line, which
# RFC 9112 lets a server refuse and which proxies have read differently. So these are refused here.

from __future__ import annotations

import re

from workix.api.problems import PayloadTooLarge
from workix.api.server_problems import HeadTooLarge, Malformed, UnknownCoding, UriTooLong
from workix.core.errors import ProblemError

LARGEST_LINE = 8_190
LARGEST_HEAD = 32_768
#: Beside the body itself, a chunked one has sizes, extensions and trailers.
_CHUNKED_OVERHEAD = 2

_END = b"\r\n\r\n"
#: A line feed alone, a folded field (RFC 9112, 2.2 and 5.2).
_MALFORMED = re.compile(rb"(?<!\r)\n|\r\n[ \t]")
_TWO_BLANKS = re.compile(rb"(?:\r\n)?[^\r\n]*  ")
_CODINGS = {b"chunked", b"gzip", b"deflate", b"compress", b"identity"}
_FRAMING = re.compile(
    rb"\r\n(content-length|transfer-encoding|expect)[ \t]*:[ \t]*([^\r\n]*?)[ \t]*(?=\r\n)", re.IGNORECASE
)
_ORIGIN = re.compile(rb"\r\norigin[ \t]*:[ \t]*([^\r\n]*?)[ \t]*(?=\r\n)", re.IGNORECASE)
_CHUNK_SIZE = re.compile(rb"([0-9a-f]{1,16})[ \t]*(;[^\r\n]*)?", re.IGNORECASE)


class Arrival:
    """One request as far as it has come. `largest` bounds the body, in bytes.

    `length` says how many of the received bytes are this request, as soon as it is whole; `refusal`, why there is no
    use in waiting for it.
    """

    __slots__ = ("_at", "_chunks", "_largest", "asks_to_continue", "length", "received", "refusal")

    def __init__(self, largest: int) -> None:
        self.received = bytearray()
        self.length: int | None = None
        self.refusal: ProblemError | None = None
        self.asks_to_continue = False
        self._largest = largest
        self._at = 0  # where the body ends, or the next chunk begins: 0 while the head is not whole
        self._chunks = False

    @property
    def is_over(self) -> bool:
        """Nothing more is waited for."""
        return self.length is not None or self.refusal is not None

    @property
    def has_head(self) -> bool:
        """The head has come, the body has not yet."""
        return self._at > 0

    @property
    def path(self) -> bytes:
        """The request-target as it was sent."""
        parts = bytes(self.received[: LARGEST_LINE + 1]).split(b" ", 2)
        return parts[1] if len(parts) > 1 else b""

    @property
    def origin(self) -> str:
        """Whose page calls, as far as the head has come: an answer that it may read names it (CORS)."""
        found = _ORIGIN.search(self.received, 0, self._at or len(self.received))
        return found[1].decode("latin-1") if found else ""

    def feed(self, data: bytes) -> None:
        """Add what has come."""
        searched = max(0, len(self.received) - 3)
        self.received += data
        if not self._at:
            self._read_head(searched)
        if self._at and not self.is_over:
            self._read_body()

    def split(self) -> tuple[bytes, Arrival]:
        """Return the whole request, and what came behind it: the beginning of the next one."""
        rest = Arrival(self._largest)
        if len(self.received) > (self.length or 0):
            rest.feed(bytes(self.received[self.length :]))
        return bytes(self.received[: self.length]), rest

    def _read_head(self, searched: int) -> None:
        end = self.received.find(_END, searched)
        head = end + 2 if end >= 0 else len(self.received)
        if _MALFORMED.search(self.received, searched, head):
            self.refusal = Malformed()
        elif self.received.find(b"\r\n", 2, LARGEST_LINE + 4) < 0 and len(self.received) > LARGEST_LINE + 2:
            self.refusal = UriTooLong()
        elif head > LARGEST_HEAD:
            self.refusal = HeadTooLarge()
        elif end >= 0:
            self._read_framing(bytes(self.received[:head]), end + len(_END))

    def _read_framing(self, head: bytes, body: int) -> None:
        fields = [(name.lower(), value.lower()) for name, value in _FRAMING.findall(head)]
        lengths = [value for name, value in fields if name == b"content-length"]
        codings = [value for name, value in fields if name == b"transfer-encoding"]
        self.asks_to_continue = (b"expect", b"100-continue") in fields
        self._chunks = codings == [b"chunked"] and not lengths
        self._at = body
        if _TWO_BLANKS.match(head):
            self.refusal = Malformed()
        elif self._chunks or not (lengths or codings):
            return
        elif any(each.strip(b" \t") not in _CODINGS for coding in codings for each in coding.split(b",")):
            self.refusal = UnknownCoding()
        elif codings or len(lengths) > 1 or not lengths[0].isdigit():
            self._hand_over()
        elif len(lengths[0]) > 18 or int(lengths[0]) > self._largest:
            self.refusal = PayloadTooLarge()
        else:
            self._at += int(lengths[0])

    def _read_body(self) -> None:
        if self._chunks:
            self._read_chunks()
        elif len(self.received) >= self._at:
            self.length = self._at

    def _read_chunks(self) -> None:
        if len(self.received) > LARGEST_HEAD + _CHUNKED_OVERHEAD * self._largest:
            self.refusal = PayloadTooLarge()
        while not self.is_over and self._at < len(self.received):
            end = self.received.find(b"\r\n", self._at, self._at + LARGEST_LINE)
            if end < 0:
                if len(self.received) - self._at > LARGEST_LINE:
                    self._hand_over()
                return
            size = _CHUNK_SIZE.fullmatch(self.received, self._at, end)
            if size is None:
                self._hand_over()
            elif int(size[1], 16):
                self._at = end + 2 + int(size[1], 16) + 2
            else:
                self._read_trailers(end)
                return

    def _read_trailers(self, last_chunk: int) -> None:
        end = self.received.find(_END, last_chunk)
        if end >= 0:
            self.length = end + len(_END)
        elif len(self.received) - last_chunk > LARGEST_HEAD:
            self._hand_over()

    def _hand_over(self) -> None:
        """Let the parser refuse what has come. See Note [Who decides what a request says]."""
        self.length = len(self.received)
