"""Log lines: JSON, with who and where, and without any secret."""

from __future__ import annotations

import io
import json
import logging
import logging.config
import re
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from django.db import IntegrityError

from workix.core.current import Actor, Current
from workix.observability.logging import ACCESS_LINE, logging_configuration
from workix.observability.logs.redaction import HIDDEN, hide_secrets

JWT = "eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJl"
KEY = "wxk_acme_0123456789abcdefABCDEF"
VERIFIER = "SCRAM-SHA-256$64:c2FsdA==$c3RvcmVk:c2VydmVy"
PHRASE = "correct horse"
HASH = "argon2$argon2id$v=19$m=102400,t=2,p=8$c2FsdHNhbHQ$aGFzaGhhc2g"
SIGNED = "Ab-_" * 21 + "Zz"
PEM = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA\nabc\n-----END PRIVATE KEY-----"


@pytest.fixture
def lines() -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """Log as the product does, into memory."""
    configuration = logging_configuration("INFO", serves=True)
    formatter = configuration["formatters"]["event"]
    factory = formatter["()"]
    handler = logging.StreamHandler(io.StringIO())
    handler.setFormatter(factory(**{key: value for key, value in formatter.items() if key != "()"}))
    logger = logging.getLogger("workix.test")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in handler.stream.getvalue().splitlines()]
    logger.removeHandler(handler)
    logger.setLevel(logging.NOTSET)


@pytest.mark.requirement("S79")
@pytest.mark.parametrize(
    "name",
    "password new_password secret SECRET_KEY token access refresh refresh_token Authorization cookie api_key apikey "
    "credentials private_key signature sentry_dsn csrf_token".split(),
)
def test_whatever_has_the_name_of_a_secret_is_hidden_whole(name: str) -> None:
    assert hide_secrets(None, "", {name: "correct horse", "n": 1}) == {name: HIDDEN, "n": 1}


@pytest.mark.requirement("S79")
@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (f"Bearer {JWT} was refused", f"Bearer {HIDDEN} was refused"),
        (f"key {KEY}.", f"key {HIDDEN}."),
        ("postgresql://alice:s3cret@db:5432/x", f"postgresql://{HIDDEN}@db:5432/x"),
        (f"ALTER ROLE r PASSWORD '{VERIFIER}'", f"ALTER ROLE r PASSWORD '{HIDDEN}'"),
        (f"keys: {PEM}!", f"keys: {HIDDEN}!"),
        (f"hash {HASH}, kept", f"hash {HIDDEN}, kept"),
        (f"link #{SIGNED}", f"link #{HIDDEN}"),
        (
            'null value in column "role"\nDETAIL:  Failing row contains (1, alice@acme.example,\n x).\nCONTEXT:  PL/pgSQL',
            f'null value in column "role"\nDETAIL:  {HIDDEN}\nCONTEXT:  PL/pgSQL',
        ),
        ("https://example.com/a:b?c=d@e", "https://example.com/a:b?c=d@e"),
        ("code=123456 and 'code': '654321'", f"code={HIDDEN} and 'code': '{HIDDEN}'"),
        ("code=23505 and code: not_found", "code=23505 and code: not_found"),
        ("access_log written", "access_log written"),
    ],
)
def test_what_looks_like_a_secret_is_hidden_wherever_it_is(said: str, kept: str) -> None:
    assert hide_secrets(None, "", {"event": said}) == {"event": kept}


@pytest.mark.requirement("S79")
def test_a_code_of_an_authenticator_app_is_hidden_and_no_other() -> None:
    assert hide_secrets(None, "", {"code": "123456", "n": {"code": 404}}) == {"code": HIDDEN, "n": {"code": 404}}


@pytest.mark.requirement("S79")
def test_secrets_are_found_in_what_is_nested() -> None:
    nested = {"payload": {"user": {"password": "p", "name": "Alice"}, "list": [JWT, ("x", {"token": 1}), 3]}}
    assert hide_secrets(None, "", nested) == {
        "payload": {
            "user": {"password": HIDDEN, "name": "Alice"},
            "list": [HIDDEN, ["x", {"token": HIDDEN}], 3],
        }
    }


class Telling:
    """Something JSON does not know, which tells a secret as text."""

    def __str__(self) -> str:
        return f"carries {JWT}"


@pytest.mark.requirement("S79")
@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (Telling(), f"carries {HIDDEN}"),
        (ValueError(KEY), HIDDEN),
        (f"of {JWT}".encode(), f"b'of {HIDDEN}'"),
        ({1: Telling(), "token": 2}, {1: f"carries {HIDDEN}", "token": HIDDEN}),
        ({JWT}, [HIDDEN]),
        ([None, True, 1, 1.5], [None, True, 1, 1.5]),
    ],
)
def test_what_json_does_not_know_is_looked_at_too(given: Any, kept: Any) -> None:
    assert hide_secrets(None, "", {"thing": given}) == {"thing": kept}


@pytest.mark.requirement("S28")
def test_a_database_error_says_which_one_it_was(lines: Callable[[], list[dict[str, Any]]]) -> None:
    try:
        try:
            raise psycopg.errors.UniqueViolation("duplicate key\nDETAIL:  Key (email)=(alice@acme.example) exists.")
        except psycopg.Error as error:
            raise IntegrityError(str(error)) from error
    except IntegrityError:
        logging.getLogger("workix.test").exception("failed")
    (line,) = lines()
    assert line["sqlstate"] == "23505"
    assert "alice@acme.example" not in json.dumps(line)


@pytest.mark.requirement("S79")
def test_a_traceback_shows_no_variables(lines: Callable[[], list[dict[str, Any]]]) -> None:
    def fail(password: str) -> None:
        raise KeyError("missing")

    try:
        fail(PHRASE)
    except KeyError:
        logging.getLogger("workix.test").exception("failed")
    (line,) = lines()
    assert "in fail" in line["exception"]
    assert PHRASE not in json.dumps(line)


@pytest.mark.requirement("S28")
def test_a_line_is_json_and_says_who_for_whom_and_in_which_request(lines: Callable[[], list[dict[str, Any]]]) -> None:
    class Acme:
        id = uuid.UUID(int=7)

    actor = Actor("person", uuid.UUID(int=1), "alice@acme.example")
    trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    with Current.fresh(organization=Acme, actor=actor, request_id="abc", trace_id=trace):
        logging.getLogger("workix.test").info("thing.done", extra={"amount": 3, "password": "p", "request": object()})
    (line,) = lines()
    timestamp = line.pop("timestamp")
    assert timestamp.endswith("Z")
    assert line == {
        "event": "thing.done",
        "level": "info",
        "logger": "workix.test",
        "amount": 3,
        "password": HIDDEN,
        "organization": str(Acme.id),
        "request_id": "abc",
        "trace_id": "4bf92f3577b34da6a3ce929d0e0e4736",
        "actor_type": "person",
        "actor_id": str(actor.id),
    }


def test_outside_a_request_a_line_claims_nobody(lines: Callable[[], list[dict[str, Any]]]) -> None:
    logging.getLogger("workix.test").info("started")
    assert [sorted(line) for line in lines()] == [["event", "level", "logger", "timestamp"]]


def test_a_traceback_is_one_line_and_hides_secrets_too(lines: Callable[[], list[dict[str, Any]]]) -> None:
    try:
        raise ValueError(f"could not read {JWT}")
    except ValueError:
        logging.getLogger("workix.test").exception("failed")
    (line,) = lines()
    assert line["exception"].splitlines()[-1] == f"ValueError: could not read {HIDDEN}"


@pytest.mark.requirement("S28")
@pytest.mark.parametrize(("serves", "stream"), [(True, "stdout"), (False, "stderr")])
def test_what_serves_logs_to_standard_output_and_a_command_keeps_that_for_its_answer(serves: bool, stream: str) -> None:
    handlers = logging_configuration("INFO", serves=serves)["handlers"]
    assert {name: handler["stream"] for name, handler in handlers.items()} == {
        "lines": f"ext://sys.{stream}",
        "access": f"ext://sys.{stream}",
    }


class Terminal(io.StringIO):
    """A standard output somebody looks at."""

    def isatty(self) -> bool:
        return True


@pytest.mark.requirement("S28")
def test_at_a_terminal_every_line_is_for_people_and_moves_no_cursor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout", Terminal())
    formatters = logging_configuration("INFO", serves=True)["formatters"]
    access, event = (formatters[name].pop("()")(**formatters[name]) for name in ("access", "event"))
    named = {"name": "workix.access", "levelname": "INFO"}
    request = logging.makeLogRecord({**named, "msg": "request", ACCESS_LINE: {"route": "api/v1/me/", "status": 200}})
    said = logging.makeLogRecord({**named, "msg": "said", "words": f"a\x1b[2Jb\n{KEY}"})
    plain = [
        re.sub(r"\x1b\[\d*m", "", formatter.format(line)) for formatter, line in ((access, request), (event, said))
    ]
    assert [" ".join(line.split()[1:]) for line in plain] == [
        "[info ] request [workix.access] route=api/v1/me/ status=200",
        f"[info ] said [workix.access] words=a\\x1b[2Jb\\n{HIDDEN}",
    ]


def test_the_configuration_is_one_that_python_takes() -> None:
    before = logging.getLogger().handlers[:], logging.getLogger().level
    configuration = logging_configuration("WARNING", serves=True)
    try:
        logging.config.dictConfig({**configuration, "incremental": False})
        assert logging.getLogger().level == logging.WARNING
    finally:
        logging.getLogger().handlers[:] = before[0]
        logging.getLogger().setLevel(before[1])
