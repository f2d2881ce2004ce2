"""Environment variables and settings: everything an operator can set, read once, typed and checked by pydantic-settings."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, Field, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from workix.config import values
from workix.config.errors import ConfigurationError, Fault
from workix.config.fields import Setting, Trait, setting, settings_of
from workix.config.groups.gateway import GatewaySettings
from workix.config.groups.keys import KeySettings
from workix.config.groups.rate_limits import RateLimitSettings
from workix.config.groups.sandboxes import Number, SandboxSettings, some_for_developers
from workix.config.groups.telemetry import TelemetrySettings
from workix.config.sources import DevelopmentSecretsSource, ProductionSource, VariablesSource, unknown_variables
from workix.config.validation import sentences

PROJECT = Path(__file__).resolve().parents[2]

LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]
REQUIRED = Trait.PRODUCTION_REQUIRED


def _host_of_platform(found: dict[str, Any]) -> str:
    host, _ = values.host_and_port(found["public_url"])
    return host.removeprefix("api.")


def _front_ends_of_development(found: dict[str, Any]) -> tuple[str, ...]:
    """Where front-ends are served while they are written: by Next.js or create-react-app, and by Vite."""
    return ("http://localhost:3000", "http://localhost:5173") if found["environment"] == "development" else ()


def _with_a_secret(address: str, info: ValidationInfo) -> str:
    if "checkpoint_webhook_secret" in info.data and not info.data["checkpoint_webhook_secret"]:
        raise Fault("WORKIX_CHECKPOINT_WEBHOOK_SECRET must be set where WORKIX_CHECKPOINT_WEBHOOK is.")
    return address


def _with_a_port_of_its_own(listener: str, info: ValidationInfo) -> str:
    if listener.rpartition(":")[2] == info.data.get("bind", "").rpartition(":")[2]:
        raise Fault(
            "WORKIX_METRICS_BIND must have another port than WORKIX_BIND: by its port the web server tells operators."
        )
    return listener


class Environment(BaseSettings, TelemetrySettings, KeySettings, RateLimitSettings, SandboxSettings, GatewaySettings):
    """What the operator set. Organizations live at `<slug>.<base_domain>`.

    Another environment is made by `model_copy(update={…})`.
    """

    #: Django's settings look for this name at each `settings.WORKIX`; not finding it is slow for a pydantic model.
    _mask_wrapped: ClassVar[bool] = True

    model_config = SettingsConfigDict(
        frozen=True,
        extra="ignore",
        validate_default=False,
        arbitrary_types_allowed=True,
        hide_input_in_errors=True,
    )

    environment: Literal["development", "production", "test"] = setting(
        "WORKIX_ENV",
        "Where this runs: development, production or test. Production refuses everything unsafe.",
        "development",
    )
    debug: values.Boolean = setting(
        "WORKIX_DEBUG", "Whether error pages show the source. Never in production.", default=False
    )
    secret_key: Annotated[values.SecretKey, REQUIRED] = setting(
        "SECRET_KEY", "Signs sessions and links: 32 random characters or more. Development makes its own."
    )
    master_secret: Annotated[values.MasterSecret, REQUIRED] = setting(
        "WORKIX_MASTER_SECRET",
        "Derives the passwords of database roles and the keyed hashes: 32 random characters or more.",
    )
    signing_keys: Annotated[values.SigningKeys, REQUIRED] = setting(
        "WORKIX_SIGNING_KEYS",
        "Ed25519 private keys (PKCS8 PEM, one behind the other), which sign access tokens: `manage.py signing_keys rotate`.",
    )
    checkpoint_log: values.Folder | None = setting(
        "WORKIX_CHECKPOINT_LOG",
        "A file that each checkpoint of a trail is appended to (NDJSON), best on another machine. Unset: none.",
        None,
    )
    checkpoint_webhook_secret: values.WebhookSecrets = setting(
        "WORKIX_CHECKPOINT_WEBHOOK_SECRET",
        "Signs what is sent there (Standard Webhooks): whsec_ and base64; several, separated by commas, sign each.",
        None,
    )
    checkpoint_webhook: Annotated[values.HttpsAddress, AfterValidator(_with_a_secret)] | None = setting(
        "WORKIX_CHECKPOINT_WEBHOOK",
        "An https address that is sent each checkpoint of a trail, best of another operator. Unset: none.",
        None,
    )
    tripwires: values.Boolean = setting(
        "WORKIX_TRIPWIRES",
        "Whether there are decoys (a schema, its people, API keys); touching one is an alert. `manage.py migrate` makes them.",
        default=False,
    )
    audit_retention_floor_days: Annotated[int, Field(ge=30, le=3650)] = setting(
        "WORKIX_AUDIT_RETENTION_FLOOR_DAYS",
        "Days that each organization's audit trail is kept at least, 30 to 3650, whatever it decides.",
        30,
    )
    database_url: Annotated[values.DatabaseURL, REQUIRED] = setting(
        "DATABASE_URL",
        "The owner role's database: postgresql://user:password@host:5432/database. Unset starts the bundled server.",
        None,
    )
    setup_database_url: values.DatabaseURL = setting(
        "WORKIX_SETUP_DATABASE_URL",
        "A superuser's way into the same database: used only by set-up, to harden pg_catalog.",
        None,
    )
    pgbouncer: values.ServerAddress | None = setting(
        "WORKIX_PGBOUNCER",
        "Where a PgBouncer takes what requests and jobs ask, as 10.0.0.5:6432; DATABASE_URL stays direct. Unset: none.",
        None,
    )
    var: values.Folder = setting(
        "WORKIX_VAR", "The folder for what a running platform keeps; begins at the project.", Path("var")
    )
    public_url: Annotated[values.Origin, REQUIRED] = setting(
        "WORKIX_PUBLIC_URL",
        "Where browsers and machines find the platform host; https:// in production.",
        "http://localhost:8000",
    )
    base_domain: values.HostName = setting(
        "WORKIX_BASE_DOMAIN",
        "Organizations live at <slug>.<this>. Unset: the host of WORKIX_PUBLIC_URL, without a leading api.",
        default_factory=_host_of_platform,
    )
    allowed_origins: values.PageOrigins = setting(
        "WORKIX_ALLOWED_ORIGINS",
        "Origins whose pages may call the API on every host (CORS): https://app.example.com,https://admin.example.com."
        " Unset: none; in development http://localhost:3000 and http://localhost:5173.",
        default_factory=_front_ends_of_development,
    )
    trusted_proxies: values.Networks = setting(
        "WORKIX_TRUSTED_PROXIES", "Networks whose X-Forwarded-For is believed: 10.0.0.0/8,fd00::/8.", ()
    )
    proxy_hops: Annotated[int, Field(ge=1, le=10)] = setting(
        "WORKIX_PROXY_HOPS", "Proxies of those networks that stand one behind the other, at most: 1 to 10.", 3
    )
    outgoing_networks: values.Networks = setting(
        "WORKIX_OUTGOING_NETWORKS",
        "Networks besides the public internet where identity providers and webhooks may be: 10.1.0.0/16. Unset: none.",
        (),
    )
    email_url: Annotated[values.EmailURL, REQUIRED] = setting(
        "EMAIL_URL",
        "The mail server: smtps://user:password@host or smtp://user:password@host:587?tls=true. Unset: var/mail.",
        None,
    )
    mail_from: str = setting("WORKIX_MAIL_FROM", "The sender of every mail.", "Workix <no-reply@localhost>")
    sign_up: Literal["open", "closed"] = setting("WORKIX_SIGN_UP", "Whether anybody may open an organization.", "open")
    sign_ups_per_hour: values.PositiveNumber = setting(
        "WORKIX_SIGN_UPS_PER_HOUR", "Organizations one address may open in an hour.", 100
    )
    sandboxes: Number = setting(
        "WORKIX_SANDBOXES",
        "Organizations for a day that anybody may open, 0 to 1000 at once. Unset: none in production, else 20.",
        default_factory=some_for_developers,
    )
    role_prefix: values.RolePrefix = setting(
        "WORKIX_ROLE_PREFIX", "Begins the names of this platform's database roles.", "workix"
    )
    connection_cap: values.PositiveNumber | None = setting(
        "WORKIX_CONNECTION_CAP", "Database connections a process may hold. Unset: its share of max_connections.", None
    )
    web_workers: values.PositiveNumber = setting("WORKIX_WEB_WORKERS", "Processes of the web server.", 2)
    web_threads: values.PositiveNumber = setting("WORKIX_WEB_THREADS", "Threads in each of them.", 4)
    drain_seconds: Annotated[int, Field(ge=0, le=300)] = setting(
        "WORKIX_DRAIN_SECONDS", "Seconds a web server that ends goes on, not ready: balancers go elsewhere.", 0
    )
    hashes_at_once: values.PositiveNumber = setting(
        "WORKIX_HASHES_AT_ONCE", "Passwords one process hashes at once; each takes 46 MiB and a core.", 2
    )
    bind: values.Listener = setting("WORKIX_BIND", "Where the web server listens.", "127.0.0.1:8000")
    log_level: LogLevel = setting(
        "WORKIX_LOG_LEVEL", "The lowest level that is logged: DEBUG, INFO, WARNING, ERROR or CRITICAL.", "INFO"
    )
    metrics_bind: Annotated[values.Listener, AfterValidator(_with_a_port_of_its_own)] = setting(
        "WORKIX_METRICS_BIND",
        "Where the web server lets Prometheus collect metrics: a port of its own, which only operators reach.",
        "127.0.0.1:9464",
        validate_default=True,
    )
    worker_metrics_bind: values.Listener | None = setting(
        "WORKIX_WORKER_METRICS_BIND",
        "Where a job worker or gRPC server that shares no WORKIX_VAR with the web server does, or an MCP server."
        " Unset: nowhere.",
        None,
    )
    lockout_failures: values.PositiveNumber = setting(
        "WORKIX_LOCKOUT_FAILURES", "Failed log-ins that lock an address out.", 10
    )
    lockout_client_failures: values.PositiveNumber = setting(
        "WORKIX_LOCKOUT_CLIENT_FAILURES", "Failed log-ins that lock a client out (IPv4 address, or IPv6 /64).", 100
    )
    lockout_minutes: values.PositiveNumber = setting("WORKIX_LOCKOUT_MINUTES", "Minutes such a lock lasts.", 15)

    def __init__(self, *, environ: Mapping[str, str], secrets_dir: Path) -> None:
        super().__init__(environ=environ, secrets_dir=secrets_dir)

    @property
    def production(self) -> bool:
        return self.environment == "production"

    @property
    def secure(self) -> bool:
        return self.public_url.startswith("https://")

    @property
    def host(self) -> str:
        return values.host_and_port(self.public_url)[0]

    @property
    def port(self) -> int:
        return values.host_and_port(self.public_url)[1]

    @field_validator("*", mode="before")
    @classmethod
    def _tell_the_fault(cls, given: Any) -> Any:
        if isinstance(given, Fault):
            raise given
        return given

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003  # pydantic-settings' own
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003  # pydantic-settings' own
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003  # pydantic-settings' own
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Look where `__init__` was told to, and nowhere else: no .env file, no variable in another case."""
        told = init_settings()
        if _is_strict(told["environ"]):
            return (ProductionSource(settings_cls, told["environ"]),)
        return (
            VariablesSource(settings_cls, told["environ"]),
            DevelopmentSecretsSource(settings_cls, told["secrets_dir"]),
        )


SETTINGS: tuple[Setting, ...] = settings_of(Environment)


def read(environ: Mapping[str, str] | None = None, *, base: Path = PROJECT) -> Environment:
    """Read every setting; paths that are not absolute begin at `base`. An empty variable counts as unset.

    :raises ConfigurationError: naming every setting that is missing, malformed, unsafe or unknown.
    """
    environ = os.environ if environ is None else environ
    var = base / _folder(environ.get("WORKIX_VAR") or "var")
    environment, faults = None, list[str]()
    try:
        environment = Environment(environ=environ, secrets_dir=var / "secrets")
    except ValidationError as error:
        faults.extend(sentences(error.errors(include_url=False), SETTINGS))
    faults.extend(unknown_variables(environ, SETTINGS, beginning="WORKIX_"))
    if environment is None or faults:
        # Not inside the `except`: what pydantic raised knows the values, and would travel along as the context.
        raise ConfigurationError(faults)
    return environment.model_copy(update={"var": var})


def share_metrics(folder: Path) -> None:
    """Name the folder of prometheus_client's multi-process mode, which looks for this variable and nothing else."""
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)


def metrics_folder() -> Path | None:
    """Return where this process shares what it counts; None where it does not, as in tests and commands."""
    folder = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
    return Path(folder) if folder else None


def _is_strict(environ: Mapping[str, str]) -> bool:
    return (environ.get("WORKIX_ENV") or "development") not in ("development", "test")


def _folder(text: str) -> Path:
    try:
        return values.path(text)
    except ValueError:
        return Path("var")  # the fault is told with all the others
