"""The environment, read once, typed and checked: everything an operator can set."""

# ruff: noqa: RUF009 - the calls declare fields

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cached_property, partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from workix.foundation import setting_values as values
from workix.foundation.database_address import DatabaseAddress, Secret
from workix.foundation.mail_server import MailServer
from workix.foundation.setting import Reading, Setting, setting
from workix.observability import multiprocess

PROJECT = Path(__file__).resolve().parent.parent
KEY_LENGTH, KEY_VARIETY = 32, 8
KNOWN_KEYS = ("django-insecure", "change-me", "changeme", "example", "insecure", "secret", "password")

secret = partial(setting, secret=True)
key = partial(setting, secret=True, production_required=True)


class ConfigurationError(ImproperlyConfigured):
    """Says everything that is wrong with the environment at once; never shows a secret."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = tuple(faults)
        lines = ["Workix cannot start with this environment:", *(f"  - {fault}" for fault in faults)]
        super().__init__("\n".join(lines))


@dataclass(frozen=True, kw_only=True)
class Environment:
    """What the operator set. Organizations live at `<slug>.<base_domain>`."""

    environment: str = setting(
        "WORKIX_ENV",
        values.one_of("development", "production", "test"),
        "development",
        "Where this runs: development, production or test. Production refuses everything unsafe.",
    )
    debug: bool = setting(
        "WORKIX_DEBUG", values.boolean, "false", "Whether error pages show the source. Never in production."
    )
    secret_key: Secret = key(
        "SECRET_KEY",
        values.secret(),
        None,
        "Signs sessions and links: 32 random characters or more. Development makes its own.",
        made=partial(secrets.token_urlsafe, 48),
    )
    master_secret: Secret = key(
        "WORKIX_MASTER_SECRET",
        values.secret(at_least=KEY_LENGTH),
        None,
        "Derives the passwords of database roles and the keyed hashes: 32 random characters or more.",
        made=partial(secrets.token_urlsafe, 48),
    )
    signing_keys: Secret = key(
        "WORKIX_SIGNING_KEYS",
        values.signing_keys,
        None,
        "Ed25519 private keys (PKCS8 PEM, one behind the other): the first signs access tokens, all verify them.",
        made=values.make_signing_key,
    )
    database_url: DatabaseAddress | None = key(
        "DATABASE_URL",
        DatabaseAddress.parse,
        None,
        "The owner role's database: postgresql://user:password@host:5432/database. Unset starts the bundled server.",
    )
    setup_database_url: DatabaseAddress | None = secret(
        "WORKIX_SETUP_DATABASE_URL",
        DatabaseAddress.parse,
        None,
        "A superuser's way into the same database: used only by set-up, to harden pg_catalog.",
    )
    var: Path = setting(
        "WORKIX_VAR", values.path, "var", "The folder for what a running platform keeps; begins at the project."
    )
    public_url: str = setting(
        "WORKIX_PUBLIC_URL",
        values.origin,
        "http://localhost:8000",
        "Where browsers and machines find the platform host; https:// in production.",
        production_required=True,
    )
    base_domain: str = setting(
        "WORKIX_BASE_DOMAIN",
        values.host_name,
        None,
        "Organizations live at <slug>.<this>. Unset: the host of WORKIX_PUBLIC_URL, without a leading api.",
    )
    trusted_proxies: tuple[values.Network, ...] = setting(
        "WORKIX_TRUSTED_PROXIES",
        values.networks,
        "",
        "Networks whose X-Forwarded-For is believed: 10.0.0.0/8,fd00::/8.",
    )
    email_url: MailServer | None = key(
        "EMAIL_URL",
        MailServer.parse,
        None,
        "The mail server: smtps://user:password@host or smtp://user:password@host:587?tls=true. Unset: var/mail.",
    )
    mail_from: str = setting("WORKIX_MAIL_FROM", str, "Workix <no-reply@localhost>", "The sender of every mail.")
    sign_up: str = setting(
        "WORKIX_SIGN_UP", values.one_of("open", "closed"), "open", "Whether anybody may open an organization."
    )
    sign_ups_per_hour: int = setting(
        "WORKIX_SIGN_UPS_PER_HOUR", values.positive_number, "100", "Organizations one address may open in an hour."
    )
    role_prefix: str = setting(
        "WORKIX_ROLE_PREFIX", values.role_prefix, "workix", "Begins the names of this platform's database roles."
    )
    connection_cap: int = setting(
        "WORKIX_CONNECTION_CAP", values.positive_number, "20", "Database connections one process may hold."
    )
    web_workers: int = setting("WORKIX_WEB_WORKERS", values.positive_number, "2", "Processes of the web server.")
    web_threads: int = setting("WORKIX_WEB_THREADS", values.positive_number, "4", "Threads in each of them.")
    bind: str = setting("WORKIX_BIND", values.listener, "127.0.0.1:8000", "Where the web server listens.")
    log_level: str = setting(
        "WORKIX_LOG_LEVEL",
        values.one_of("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"),
        "INFO",
        "The least grave lines that are logged: DEBUG, INFO, WARNING, ERROR or CRITICAL.",
    )
    metrics_bind: str = setting(
        "WORKIX_METRICS_BIND",
        values.listener,
        "127.0.0.1:9464",
        "Where the web server lets Prometheus collect metrics: a port of its own, which only operators reach.",
    )
    worker_metrics_bind: str | None = setting(
        "WORKIX_WORKER_METRICS_BIND",
        values.listener,
        None,
        "Where a job worker that shares no WORKIX_VAR with the web server does. Unset: nowhere.",
    )
    lockout_failures: int = setting(
        "WORKIX_LOCKOUT_FAILURES", values.positive_number, "10", "Failed log-ins that lock an address out."
    )
    lockout_minutes: int = setting("WORKIX_LOCKOUT_MINUTES", values.positive_number, "15", "Minutes such a lock lasts.")
    sentry_dsn: Secret | None = secret(
        "SENTRY_DSN", values.secret(), None, "Where errors are reported. Unset: nowhere."
    )

    @property
    def production(self) -> bool:
        return self.environment == "production"

    @property
    def secure(self) -> bool:
        return self.public_url.startswith("https://")

    @cached_property
    def host(self) -> str:
        return urlsplit(self.public_url).hostname or ""

    @property
    def port(self) -> int:
        return urlsplit(self.public_url).port or (443 if self.secure else 80)


SETTINGS: tuple[Setting, ...] = tuple(each.metadata["setting"] for each in fields(Environment))


def read(environ: Mapping[str, str] | None = None, *, base: Path = PROJECT) -> Environment:
    """Read every setting; paths that are not absolute begin at `base`. An empty variable counts as unset.

    :raises ConfigurationError: naming every setting that is missing, malformed, unsafe or unknown.
    """
    environ = os.environ if environ is None else environ
    var = base / values.path(environ.get("WORKIX_VAR") or "var")
    place = environ.get("WORKIX_ENV") or "development"
    reading = Reading(environ, vault=var / "secrets", demanding=place not in ("development", "test"))
    found = {each.name: reading.value(each.metadata["setting"]) for each in fields(Environment)}
    reading.note_unknown(SETTINGS, beginning="WORKIX_")
    faults = [*reading.faults, *_clashing(found), *(_unsafe(found) if reading.demanding else ())]
    if faults:
        raise ConfigurationError(faults)
    base_domain = found["base_domain"] or (urlsplit(found["public_url"]).hostname or "").removeprefix("api.")
    return Environment(**{**found, "var": var, "base_domain": base_domain})


def share_metrics(folder: Path) -> None:
    """Begin prometheus_client's multi-process mode, in a process that serves or works: before it counts anything."""
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
    multiprocess.share(folder)


def metrics_folder() -> Path | None:
    """Return where this process shares what it counts; None where it does not, as in tests and commands."""
    folder = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
    return Path(folder) if folder else None


def _clashing(found: Mapping[str, Any]) -> Iterator[str]:
    ports = [(found[name] or "").rpartition(":")[2] for name in ("bind", "metrics_bind")]
    if ports[0] and ports[0] == ports[1]:
        yield "WORKIX_METRICS_BIND must have another port than WORKIX_BIND: by its port the web server tells operators."


def _unsafe(found: Mapping[str, Any]) -> Iterator[str]:
    if found["debug"]:
        yield "WORKIX_DEBUG must be off in production: its error pages show the source and the settings."
    if found["public_url"] and not found["public_url"].startswith("https://"):
        yield "WORKIX_PUBLIC_URL must begin with https:// in production: over http tokens travel in the open."
    for name, field in (("SECRET_KEY", "secret_key"), ("WORKIX_MASTER_SECRET", "master_secret")):
        if found[field] and _guessable(found[field].reveal()):
            yield f"{name} can be guessed: draw a new one with `openssl rand -base64 48`."
    if found["secret_key"] and found["secret_key"] == found["master_secret"]:
        yield "SECRET_KEY and WORKIX_MASTER_SECRET must differ: who learns one must not have both."


def _guessable(text: str) -> bool:
    return len(text) < KEY_LENGTH or len(set(text)) < KEY_VARIETY or text.lower().startswith(KNOWN_KEYS)
