"""DATABASE_URL: the address of a PostgreSQL database, which can be printed without giving the password away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

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
        try:
            parts = urlsplit(url)
            query = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))
            port = int(query.pop("port", parts.port or 5432))
        except ValueError:
            raise ValueError("is not a URL: percent-encode the special characters of its password") from None
        if parts.scheme not in ("postgresql", "postgres"):
            raise ValueError("must begin with postgresql://")
        host = query.pop("host", None) or unquote(parts.hostname or "")
        name = unquote(parts.path.removeprefix("/"))
        if not (host and name and parts.username):
            raise ValueError("must name a user, a host and a database: postgresql://user:password@host:5432/database")
        password = Secret(unquote(parts.password or ""))
        return cls(host, port, name, unquote(parts.username), password, MappingProxyType(query))

    def url(self) -> Secret:
        """Write the address as a URL that `parse` reads back."""
        user = quote(self.user, safe="")
        password = f":{quote(self.password.reveal(), safe='')}" if self.password else ""
        bracketed = f"[{self.host}]" if ":" in self.host else self.host
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
