"""DATABASE_URL: the address of a PostgreSQL database, which can be printed without giving the password away."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from types import MappingProxyType
from urllib.parse import quote, unquote, urlencode

from psycopg.pq import Conninfo

from workix.config.secrets import Secret


@dataclass(frozen=True)
class DatabaseAddress:
    """One role's way into one database. `host` is a name, an address or the folder of a unix socket."""

    host: str
    port: int
    name: str
    user: str
    password: Secret
    options: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), hash=False)

    @classmethod
    def parse(cls, url: str) -> DatabaseAddress:
        """Read a `postgresql://` URL; what its query says beyond host and port is kept as options for libpq.

        :raises ValueError: in a sentence that never repeats the URL, since it holds a password.
        """
        userinfo, place, path, given = _split(url.strip())
        options = _options(given)
        user, _, password = userinfo.partition(":")
        host, port = _host_and_port(place)
        host, name = options.pop("host", "") or _decoded(host), _decoded(path)
        if not (host and name and user):
            raise ValueError("must name a user, a host and a database: postgresql://user:password@host:5432/database")
        if "," in host:
            raise ValueError("names several hosts: name one that always leads to the primary")
        number = _port(options.pop("port", "") or port)
        return cls(host, number, name, _decoded(user), Secret(_decoded(password)), MappingProxyType(options))

    def url(self) -> Secret:
        """Write the address as a URL that `parse` reads back."""
        user = quote(self.user, safe="")
        password = f":{quote(self.password.reveal(), safe='')}" if self.password else ""
        host = quote(self.host, safe=":")
        bracketed = f"[{host}]" if ":" in host else host
        socket = self.host.startswith("/")
        options = {"host": self.host, **self.options} if socket else dict(self.options)
        query = f"?{urlencode(options, quote_via=quote)}" if options else ""
        place = f"{'' if socket else bracketed}:{self.port}"
        return Secret(f"postgresql://{user}{password}@{place}/{quote(self.name, safe='')}{query}")

    def connection_parameters(self) -> dict[str, str | int]:
        """Name everything as libpq does, ready for `psycopg.connect(**…)`."""
        return {
            "host": self.host,
            "port": self.port,
            "dbname": self.name,
            "user": self.user,
            "password": self.password.reveal(),
            **self.options,
        }

    def of_role(self, user: str, password: Secret) -> DatabaseAddress:
        """Name the same database for another role."""
        return replace(self, user=user, password=password)


_NO_URL = "is not a URL: percent-encode the special characters of its password"
_BEGINNING = re.compile(r"postgres(ql)?://", re.IGNORECASE)
_REST = re.compile(r"(?:([^@/?]*)@)?([^@/?]*)(?:/([^?@]*))?(?:\?([^@]*))?")
_PLACE = re.compile(r"(?P<host>\[[^\[\]]*\]|[^:\[\]]*)(?::(?P<port>[^:]*))?")
_BROKEN_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")

#: What other libraries read from an address, and libpq does not know.
_OF_OTHERS = {
    "pgbouncer": "see PgBouncer in docs/operations.md",
    "schema": "Workix names its schemas itself",
    **dict.fromkeys(("connection_limit", "pool_timeout", "pool_size", "max_connections"), "see WORKIX_CONNECTION_CAP"),
}
#: What the address says in its own place. Each role logs in with its own name and password: an option would outrank them.
_ELSEWHERE = frozenset({"user", "password", "dbname", "passfile", "service", "replication"})


def _split(url: str) -> list[str]:
    """Split a URL into user with password, host with port, database and query, each still percent-encoded."""
    if url.startswith(("'", '"')):
        raise ValueError("has quotes around it: leave them out, since what reads the file keeps them")
    if not url.isprintable():
        raise ValueError("holds a control character, such as a line break")
    begins = _BEGINNING.match(url)
    if begins is None:
        raise ValueError("must begin with postgresql://")
    rest = _REST.fullmatch(url, begins.end())
    if rest is None or " " in url or "#" in url or _BROKEN_ESCAPE.search(url):
        raise ValueError(_NO_URL)
    return [each or "" for each in rest.groups()]


def _host_and_port(place: str) -> tuple[str, str]:
    if "," in place:
        return place, ""
    found = _PLACE.fullmatch(place)
    if found is None:
        raise ValueError("must have its IPv6 address in brackets: [2001:db8::1]:5432")
    return found["host"].strip("[]"), found["port"] or ""


def _port(text: str) -> int:
    if not text:
        return 5432
    if not re.fullmatch("[0-9]{1,5}", text) or not 0 < int(text) < 65536:
        raise ValueError("must have a port from 1 to 65535, behind the last colon" if text.isdecimal() else _NO_URL)
    return int(text)


def _options(query: str) -> dict[str, str]:
    """Read the query: each of its parameters once, and only what libpq knows.

    :raises ValueError: naming the parameter where it is one of a list; any other could be part of a password.
    """
    options: dict[str, str] = {}
    for each in query.split("&") if query else ():
        name, separator, value = each.partition("=")
        if name in _OF_OTHERS:
            raise ValueError(
                f"has the parameter {name}, which PostgreSQL's own library does not know: {_OF_OTHERS[name]}"
            )
        if name in _ELSEWHERE:
            raise ValueError(f"has the parameter {name}, which an address of Workix can't have")
        if name not in _known() or not separator:
            raise ValueError("has a parameter that PostgreSQL's own library (libpq) does not know")
        if name in options:
            raise ValueError(f"has the parameter {name} twice")
        options[name] = _decoded(value)
    return options


@cache
def _known() -> frozenset[str]:
    return frozenset(each.keyword.decode() for each in Conninfo.get_defaults())


def _decoded(text: str) -> str:
    """Undo the percent-encoding of one part."""
    try:
        decoded = unquote(text, errors="strict")
    except UnicodeDecodeError:
        raise ValueError("is percent-encoded, but not as UTF-8") from None
    if "\0" in decoded:
        raise ValueError("holds a zero byte")
    return decoded
