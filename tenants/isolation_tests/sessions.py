"""The attacker's two ways in, and what the server said to each."""

from __future__ import annotations

import select
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import psycopg
from django.db import connection
from django.db.utils import Error as DjangoError

from tenants.isolation import owner
from tenants.isolation_tests.fixtures import Party

#: How long a statement may run before the proof itself ends it, in seconds.
STATEMENT_TIMEOUT_SECONDS = 1.5
#: How long a session may stay that the watchdog should end.
REMAINS_SECONDS = 4.0
_MOST_ROWS = 2_000


@dataclass
class Transcript:
    """What the server said: rows, notices and errors as text, and how the last statement went."""

    said: list[str] = field(default_factory=list)
    error: str = ""
    has_value: bool = False
    #: How many rows the last statement met; -1 where it is about none.
    met: int = -1
    outlasted: bool = False
    #: Whether the session has to be there still after a time, and was.
    has_to_stay: bool = False
    stayed: bool = False

    def note_rows(self, rows: Sequence[tuple[object, ...]]) -> None:
        self.said += [_text(row) for row in rows]
        self.has_value = any(value not in (None, "") for row in rows for value in row)

    def note_error(self, error: BaseException) -> None:
        self.error = str(error).strip() or type(error).__name__
        self.said.append(self.error)

    def begin(self) -> None:
        """Another statement follows: only the last one's end counts."""
        self.error, self.has_value = "", False


@contextmanager
def cancelled_when_late(raw: psycopg.Connection, transcript: Transcript) -> Iterator[None]:
    """End a statement that outlasts our patience, and note that it had to be ended."""

    def end() -> None:
        transcript.outlasted = True
        raw.cancel()

    timer = threading.Timer(REMAINS_SECONDS if transcript.has_to_stay else STATEMENT_TIMEOUT_SECONDS, end)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def note_whether_it_stays(raw: psycopg.Connection, transcript: Transcript) -> None:
    """Wait whether the server hangs up on a session in which nothing is asked any more."""
    if not transcript.has_to_stay or transcript.error or raw.closed:
        return
    poll = select.poll()
    poll.register(raw.pgconn.socket, select.POLLIN)
    transcript.stayed = not poll.poll(REMAINS_SECONDS * 1_000)


def one_call(party: Party, payload: str, transcript: Transcript) -> None:
    """Send everything in one call through the product's own driver, in the organization's scope."""
    with party.acting():
        try:
            connection.ensure_connection()
            with cancelled_when_late(connection.connection, transcript), connection.cursor() as cursor:
                cursor.execute(payload)
                if cursor.description:
                    transcript.note_rows(cursor.fetchmany(_MOST_ROWS))
                while cursor.nextset():
                    pass
                transcript.met = cursor.rowcount
            note_whether_it_stays(connection.connection, transcript)
        except (DjangoError, psycopg.Error) as error:
            transcript.note_error(error)


@contextmanager
def raw_session(party: Party, **overrides: str) -> Iterator[psycopg.Connection]:
    """Open a plain session with the credentials of the organization's role; `overrides` are libpq's parameters."""
    parameters = party.role.address(owner.database()).connection_parameters() | {"connect_timeout": 5} | overrides
    raw = psycopg.connect(**parameters, autocommit=True)  # type: ignore[arg-type]  # libpq's own names
    try:
        yield raw
    finally:
        raw.close()


def one_by_one(raw: psycopg.Connection, statements: Sequence[str], transcript: Transcript) -> None:
    """Send the statements over the simple protocol, each by itself, whatever became of the one before."""
    raw.add_notice_handler(lambda notice: transcript.said.append(f"{notice.message_primary} {notice.message_detail}"))
    for statement in statements:
        transcript.begin()
        try:
            with cancelled_when_late(raw, transcript), raw.cursor() as cursor:
                _send(cursor, statement, transcript)
        except psycopg.Error as error:
            transcript.note_error(error)
    note_whether_it_stays(raw, transcript)


def _send(cursor: psycopg.Cursor, statement: str, transcript: Transcript) -> None:
    if statement.startswith("COPY") and "STD" in statement:
        with cursor.copy(statement) as copy:
            if "STDOUT" in statement:
                transcript.note_rows([(bytes(block),) for block in copy])
        return
    cursor.execute(statement)
    transcript.met = cursor.rowcount
    if cursor.description:
        transcript.note_rows(cursor.fetchmany(_MOST_ROWS))


def _text(row: tuple[object, ...]) -> str:
    shown = tuple(value.decode("latin-1") if isinstance(value, bytes) else value for value in row)
    return str(shown)
