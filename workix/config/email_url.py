"""EMAIL_URL: the SMTP server that takes our mail, and how the way there is protected (TLS, STARTTLS)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import parse_qsl, unquote, urlsplit

from workix.config.secrets import Secret

PORTS = {"smtp": 25, "smtps": 465, "submission": 587}


@dataclass(frozen=True)
class MailServer:
    """One SMTP server. `protection` is "tls" from the first byte, "starttls", or "none"."""

    host: str
    port: int
    user: str
    password: Secret
    protection: Literal["tls", "starttls", "none"]
    #: The address itself, which may be another one by now where it is in a file.
    live: Secret | None = field(default=None, compare=False, repr=False)

    @classmethod
    def parse(cls, url: str) -> MailServer:
        """Read `smtp://`, `smtps://` (TLS) or `submission://` (STARTTLS); `?tls=` decides about STARTTLS otherwise.

        :raises ValueError: in a sentence that never repeats the URL, since it holds a password.
        """
        try:
            parts = urlsplit(url)
            query = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
            port = parts.port
        except ValueError:
            raise ValueError("is not a URL: percent-encode the special characters of its password") from None
        if parts.scheme not in PORTS or not parts.hostname:
            raise ValueError("must look like smtp://user:password@host:587?tls=true or smtps://user:password@host")
        if set(query) - {"tls"} or query.get("tls", "true") not in ("true", "false"):
            raise ValueError("may say ?tls=true or ?tls=false after the host, and nothing else")
        if parts.path.strip("/"):
            raise ValueError("must end after the host and the port")
        return cls(
            host=parts.hostname,
            port=port or PORTS[parts.scheme],
            user=unquote(parts.username or ""),
            password=Secret(unquote(parts.password or "")),
            protection=_protection(parts.scheme, query.get("tls")),
        )

    def now(self) -> MailServer:
        """Return the server that the file names by now: credentials of mail are changed while the platform runs."""
        return self.parse(self.live.reveal()) if self.live else self


def mail_address(text: str) -> Secret:
    """Accept what `MailServer.parse` reads.

    :raises ValueError: as it does.
    """
    MailServer.parse(text)
    return Secret(text)


def _protection(scheme: str, tls: str | None) -> Literal["tls", "starttls", "none"]:
    if scheme == "smtps":
        return "tls"
    wanted = scheme == "submission" if tls is None else tls == "true"
    return "starttls" if wanted else "none"
