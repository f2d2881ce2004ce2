"""Structured logging: the log format, JSON lines with the current context, or lines for people."""

# Note [Where lines go]
# What serves (web server, job worker) says nothing but its log, so that goes to standard output, where containers and
# supervisors look for it. What a command answers is on standard output, as one JSON value with --json: its log goes to
# standard error, and never into the answer. At a terminal, lines are for people: with colours, and not JSON.

from __future__ import annotations

import logging
import re
import sys
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

import orjson

from workix.core.current import ANONYMOUS, Current
from workix.observability.logs.redaction import Event, hide_secrets

# No line says which thread or process wrote it, and each record would look for both (Python's logging HOWTO, "Optimization").
logging.logThreads = logging.logMultiprocessing = logging.logProcesses = False
#: The name under which a log record carries the fields of an access line.
ACCESS_LINE = "access_line"
_CONTROLS, _CONTROLS_IN_LINES = re.compile(r"[\x00-\x1f\x7f-\x9f]"), re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


def add_current(_logger: Any, _method: str, event: Event) -> Event:
    """Say in every line for which organization, by whom and in which request."""
    context = Current.context
    if context.organization is not None:
        event.setdefault("organization", str(context.organization.id))
    if context.request_id:
        event.setdefault("request_id", context.request_id)
    if context.trace_id:
        event.setdefault("trace_id", context.trace_id)
    if context.actor is not ANONYMOUS:
        event.setdefault("actor_type", context.actor.type)
    if context.actor.id is not None:
        event.setdefault("actor_id", str(context.actor.id))
    return event


def add_extra(_logger: Any, _method: str, event: Event) -> Event:
    """Take over what was given to the standard logger as `extra`."""
    record: logging.LogRecord | None = event.get("_record")
    if record is not None:
        event.update({key: value for key, value in vars(record).items() if key not in _STANDARD})
        event.update(event.pop(ACCESS_LINE, {}))
        for django_only in ("request", "server_time", "sql", "params"):
            event.pop(django_only, None)
    return event


def add_sqlstate(_logger: Any, _method: str, event: Event) -> Event:
    """Say of a database error which one it was (its SQLSTATE), wherever it is in the chain of causes."""
    given = event.get("exc_info")
    error = given[1] if isinstance(given, tuple) else given
    seen: set[int] = set()
    while isinstance(error, BaseException) and id(error) not in seen:
        seen.add(id(error))
        sqlstate = getattr(error, "sqlstate", None)
        if sqlstate:
            event.setdefault("sqlstate", sqlstate)
            break
        error = error.__cause__ or error.__context__
    return event


def escape_controls(_logger: Any, _method: str, event: Event) -> Event:
    """Show what would move the cursor, colour or ring at a terminal as the characters it is."""
    return {
        key: value if key == "exception" else _CONTROLS.sub(_escaped, value) if isinstance(value, str) else value
        for key, value in event.items()
    } | ({"exception": _CONTROLS_IN_LINES.sub(_escaped, event["exception"])} if "exception" in event else {})


def _escaped(found: re.Match[str]) -> str:
    return ascii(found[0])[1:-1]


class EventFormatter(logging.Formatter):
    """Writes an event as a line of JSON, or for people. The first line imports structlog: most commands write none."""

    def __init__(self, *, pretty: bool = False) -> None:
        super().__init__()
        self._pretty = pretty

    def format(self, record: logging.LogRecord) -> str:
        return self._structured.format(record)

    @cached_property
    def _structured(self) -> logging.Formatter:
        import structlog  # noqa: PLC0415  # it takes a tenth of a command's start

        # What happens to an event on its way into a line. Secrets are hidden last, when everything is there.
        steps = (
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            add_extra,
            add_current,
            add_sqlstate,
            structlog.processors.format_exc_info,
            hide_secrets,
        )
        return structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=steps,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *self._renderers()],
        )

    def _renderers(self) -> tuple[Any, ...]:
        import structlog  # noqa: PLC0415  # as above

        if self._pretty:
            return escape_controls, structlog.dev.ConsoleRenderer(colors=True)
        return (structlog.processors.JSONRenderer(default=str),)


class RouteFilter(logging.Filter):
    """Has Django's line on a request that failed name its route in place of its path."""

    def filter(self, record: logging.LogRecord) -> bool:
        match = getattr(getattr(record, "request", None), "resolver_match", None)
        if isinstance(record.args, tuple) and len(record.args) == 2:
            record.args = (record.args[0], match.route if match else "-")
        return True


class AccessFormatter(logging.Formatter):
    """Writes the one line a request straight from its fields: it is written for every request, and holds no secret."""

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, UTC)
        line = {"event": record.msg, "level": "info", "logger": record.name, "timestamp": moment}
        return orjson.dumps(line | getattr(record, ACCESS_LINE), option=orjson.OPT_UTC_Z).decode()


def write_access_line(logger: logging.Logger, line: Event) -> None:
    """Log the fields of one request, without looking for the caller, whom everybody knows: it is half the cost."""
    record = logging.LogRecord(logger.name, logging.INFO, "", 0, "request", None, None)
    setattr(record, ACCESS_LINE, line)
    logger.handle(record)


#: Loggers that are treated in a way of their own.
LOGGERS = {
    # Django's own line for every refusal says less than ours, and warns of what was only a wrong password.
    "django.request": {"level": "ERROR", "filters": ["route"]},
    "django.server": {"level": "WARNING"},
    # It would quote the values of every statement.
    "django.db.backends": {"level": "INFO"},
    # The web server's own lines, of workers that hang or die, in the same shape as all others.
    "gunicorn.error": {"handlers": ["lines"], "level": "WARNING", "propagate": False},
    "procrastinate": {"level": "WARNING"},
    "workix.access": {"handlers": ["access"], "propagate": False},
}


def logging_configuration(level: str, *, serves: bool) -> dict[str, Any]:
    """Return the logging setting of a program that serves, or of a command. See Note [Where lines go]."""
    name = "stdout" if serves else "stderr"
    stream = {"class": "logging.StreamHandler", "stream": f"ext://sys.{name}"}
    pretty = getattr(sys, name).isatty()
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"route": {"()": RouteFilter}},
        "formatters": {
            "access": {"()": EventFormatter, "pretty": True} if pretty else {"()": AccessFormatter},
            "event": {"()": EventFormatter, "pretty": pretty},
        },
        "handlers": {
            "lines": {**stream, "formatter": "event"},
            "access": {**stream, "formatter": "access"},
        },
        "root": {"handlers": ["lines"], "level": level},
        "loggers": LOGGERS,
    }
