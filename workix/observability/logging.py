"""Structured logging: the log format (JSON lines with the current context), and redaction of secrets."""

# Note [Where lines go]
# What serves (web server, job worker) says nothing but its log, so that goes to standard output, where containers and
# supervisors look for it. What a command answers is on standard output, as one JSON value with --json: its log goes to
# standard error, and never into the answer. At a terminal, lines are for people: with colours, and not JSON.

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

import orjson

from workix.core.current import ANONYMOUS, Current

# Note [What looks like a secret]
# Whatever has a shape of its own is found by it, wherever it stands. A password or a code of six digits has none: it is found
# by the name beside it, as Python, JSON, forms, headers, cookies, addresses and SQL write the two. What has neither can't be
# found, so no text of ours may quote it; what quotes a request, quotes the names too. A line that loses a harmless word is
# the better mistake. Whoever calls us chooses parts of such texts, so no pattern takes more than linear time, and what has
# none of the words of a pattern is not looked through by it.

_NAMES = (
    r"passw(?:or)?d|passphrase|secret|token|authorization|cookie|api[_-]?key|refresh|credential|private|signature|dsn"
    r"|csrf|session_?id|otp|verifier|_hash\b|recovery|assertion|saml_?response|idempotency[-_]key|(?:database|email|redis)_url"
    r"|(?:signing|master|encryption|directory)_?keys?\b"
)
SECRET_NAMES = re.compile(rf"{_NAMES}|access$", re.IGNORECASE)
_SECRET_VALUES = re.compile(
    r"wxk_[\w-]+"  # an API key of ours
    r"|whsec_[\w+/=-]+"  # the secret of a webhook
    r"|(?<=://)[^/\s:@]*:[^/\s@]+(?=@)"  # user:password in a URL
    r"|(?<=Bearer )(?=\S*[\d=])[\w.~+/=-]{8,}|(?<=Basic )(?=\S*[\d=])[\w+/=-]{8,}"  # what follows in Authorization
    r"|SCRAM-SHA-256\$[^\s']+|\bmd5[0-9a-f]{32}\b"
    # A hashed password, as Django, PHC strings and crypt() write it.
    r"|(?:argon2|scrypt|bcrypt_sha256|bcrypt|pbkdf2_sha\d+|(?<!\w)\$(?:argon2\w*|scrypt|2[abxy]|[156y]))\$(?:[^\s',\"]|,(?=\w=))+"
    r"|(?<=DETAIL:  )[^\n]+(?:\n(?!HINT|CONTEXT|QUERY|\s*File )[^\n]+)*"  # PostgreSQL quotes the offending row
    r"|-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)"
)
_OF_SECRET_VALUES = ("wxk_", "whsec_", "://", "Bearer ", "Basic ", "$", "md5", "DETAIL:", "PRIVATE KEY")
#: Long words: what they are, `_long_word` says.
_LONG_WORDS = re.compile(r"(?<![\w.-])[\w.-]{19,}", re.ASCII)
_RECOVERY_CODE = re.compile(r"[0-9a-hjkmnp-tv-z]{4}(?:-[0-9a-hjkmnp-tv-z]{4}){3}")
_OWN_COOKIES = r"""(?<=["'])(?:__Host-)?workix(?:-device)?(?=["']:)"""
#: What may stand in the place of a name in `_NAMED_VALUES`: a code of digits is one where it is called so.
_CALLED_CODE = r"(?:\b|(?<=%2[27]))code(?=(?:%[\da-f]{2}|\W){1,8}\d{6,8}(?!\d))"
_NAMED = rf"(?:{_NAMES}|input_value|{_CALLED_CODE}|{_OWN_COOKIES})[\w-]{{0,40}}"
_NAMED_VALUES = re.compile(
    # Several parts: the rest of the line.
    r"""(?P<several>(?:authorization|cookie)(?:\\*["']\s*,\s*[bru]?\\*["']|=))[^"'\r\n]+"""
    rf"""|(?P<name>{_NAMED})(?:"""
    # Quoted, or quoted within what is quoted: it ends where a quote comes with as many backslashes as at its beginning.
    r"""(?P<quoting>\\*["']?\]?(?:\s*[:=]\s*|\s+(?=\\*'))[bru]?(?P<quote>\\*["']))(?:''|(?!(?<!\\)(?P=quote))[\s\S])*"""
    r"""|(?P<list>\\*["']?\s*[:=]\s*)[\[(][\s\S]*?(?:["'][\])]|[\])](?=[,}\s)\]]|\Z)|\Z)"""
    r"""|(?P<header>[ \t]*:[ \t]*)[^\r\n]+"""
    r"""|(?P<encoded>(?:%2[27])?%3[ad])[^\s&"']+"""  # within a form
    r"""|(?P<bare>\\*["']\s*:\s*|\\*["']?=)[^\s&;,)}\]"']+"""
    r""")"""
    r"""|(?P<cast>\binvalid (?:input syntax|input value|value) for [^\n:]{0,80}: )"[^\n]*""",  # as PostgreSQL says it
    re.IGNORECASE | re.ASCII,
)
_OF_NAMED_VALUES = re.compile(rf"{_NAMES}|input_value|code|invalid|workix", re.IGNORECASE | re.ASCII)
_CODE = re.compile(r"(?<!\d)\d{6,8}(?!\d)")
HIDDEN = "[redacted]"
#: The name under which a log record carries the fields of an access line.
ACCESS_LINE = "access_line"
_CONTROLS, _CONTROLS_IN_LINES = re.compile(r"[\x00-\x1f\x7f-\x9f]"), re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}

Event = MutableMapping[str, Any]


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


def hide_secrets(_logger: Any, _method: str, event: Event) -> Event:
    """Redact whole values of secret names, and what looks like a secret anywhere else."""
    return {
        without_secrets(key): HIDDEN if _is_secret(str(key), value) else without_secrets(value)
        for key, value in event.items()
    }


def _is_secret(name: str, value: Any) -> bool:
    return bool(SECRET_NAMES.search(name) or (name.lower() == "code" and _CODE.search(str(value))))


def without_secrets(value: Any) -> Any:
    """Return `value` as plain data that can be shown: what JSON does not know becomes text first."""
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, dict):
        return hide_secrets(None, "", value)
    if isinstance(value, (list, tuple, set, frozenset)):
        return [without_secrets(each) for each in value]
    return _without_secrets(str(value))


def without_tokens(text: str) -> str:
    """Take out what is known as a secret by its form. See Note [What looks like a secret]."""
    if any(mark in text for mark in _OF_SECRET_VALUES):
        text = _SECRET_VALUES.sub(HIDDEN, text)
    return _LONG_WORDS.sub(_long_word, text)


def _without_secrets(text: str) -> str:
    text = without_tokens(text)
    return _NAMED_VALUES.sub(_named_value, text) if _OF_NAMED_VALUES.search(text) else text


def _long_word(found: re.Match[str]) -> str:
    """Hide a token: a JSON web token, one of ours (86 characters), 256 random bits (43), or what an app or a person keeps."""
    word, begin = found[0], found[0].find("eyJ")
    if begin >= 0 and word.count(".", begin) >= 2:
        return word[:begin] + HIDDEN
    return ".".join(HIDDEN if _is_token(part) else part for part in word.split("."))


def _is_token(word: str) -> bool:
    match len(word):
        case 86:
            return True
        case 43:  # a name of so many letters is no mixture
            return word.lower() != word != word.upper()
        case 32:  # of an authenticator app
            return word.isupper() and not set(word) & set("0189_-")
        case 19:
            return _RECOVERY_CODE.fullmatch(word) is not None
        case _:
            return False


def _named_value(found: re.Match[str]) -> str:
    kept = (text for name, text in found.groupdict().items() if text and name != "quote")
    return "".join(kept) + HIDDEN


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
        moment = datetime.fromtimestamp(record.created, UTC).isoformat().replace("+00:00", "Z")
        line = {"event": record.msg, "level": "info", "logger": record.name, "timestamp": moment}
        return orjson.dumps(line | getattr(record, ACCESS_LINE)).decode()


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
