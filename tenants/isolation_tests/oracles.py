"""Oracles: decide whether an attack succeeded."""

from __future__ import annotations

from dataclasses import dataclass

import psycopg
from django.db import connection
from django.db.utils import Error as DjangoError

from tenants.isolation_tests import attack as ways
from tenants.isolation_tests.fixtures import Fixture, Party
from tenants.isolation_tests.sessions import Transcript, raw_session


@dataclass(frozen=True)
class Oracle:
    """Knows one fixture. `asking` is a connection of the owner, `bystander` one of the attacked organization."""

    fixture: Fixture
    asking: psycopg.Connection
    bystander: psycopg.Connection

    def before(self, success: ways.Success) -> object:
        """Note what must not change."""
        return self._ask(success.query) if isinstance(success, ways.Changes) else None

    def during(self, success: ways.Success) -> bool:
        """Say whether the other organization is hindered while the attacker's session is open."""
        if not isinstance(success, ways.Hinders):
            return False
        try:
            self.bystander.execute(self.fixture.fill(success.statement))
        except psycopg.Error:
            return True
        return False

    def after(self, success: ways.Success, transcript: Transcript, before: object) -> bool:
        """Say whether the attack, now over, did what it was for."""
        match success:
            case ways.Returns(text):
                return any(self.fixture.fill(text) in said for said in transcript.said)
            case ways.Accepted() | ways.Answered():
                return not transcript.error and (transcript.has_value or isinstance(success, ways.Accepted))
            case ways.Hits():
                return not transcript.error and transcript.met != 0
            case ways.Changes(query):
                return self._ask(query) != before
            case ways.Holds(query):
                return self._ask(query) is True
            case ways.Remains():
                return transcript.outlasted or transcript.stayed
            case _:
                return self._aftermath(success)

    def _aftermath(self, success: ways.Success) -> bool:
        """Say what the product finds that comes next."""
        match success:
            case ways.Lingers(statement, text):
                return _lingers(self.fixture, statement, text)
            case ways.LocksOut():
                return _locks_out(self.fixture.mine)
            case ways.LogsIn(password):
                return _logs_in(self.fixture.mine, password)
            case _:
                return False  # what hinders was judged while it happened

    def _ask(self, query: str) -> object:
        try:
            row = self.asking.execute(self.fixture.fill(query)).fetchone()
        except psycopg.Error as error:
            return f"gone: {error}"  # the thing asked for is not there any more, which is a change
        return row[0] if row else None


def _lingers(fixture: Fixture, statement: str, text: str) -> bool:
    try:
        with fixture.theirs.acting(), connection.cursor() as cursor:
            cursor.execute(fixture.fill(statement))
            rows = cursor.fetchall() if cursor.description else []
    except DjangoError:
        return not text
    return bool(text) and any(fixture.fill(text) in str(row) for row in rows)


def _locks_out(party: Party) -> bool:
    """Work for the organization as the product does, on a session that is opened anew."""
    try:
        with party.acting():
            _log_in_anew()
            with connection.cursor() as cursor:
                cursor.execute("UPDATE users SET last_name = last_name")
    except (DjangoError, psycopg.Error):
        return True
    return False


def _log_in_anew() -> None:
    """Give up the session that may be in the pool, so that the next statement logs in."""
    connection.ensure_connection()
    connection.close()


def _logs_in(party: Party, password: str) -> bool:
    if _locks_out(party):
        return True
    try:
        with raw_session(party, password=password):
            return True
    except psycopg.Error:
        return False
