"""The environment: read once, typed, every fault told at once, secrets never shown."""

from __future__ import annotations

from ipaddress import ip_network
from pathlib import Path

import pytest
from pydantic import ValidationError

from tests.unit.workix.config.environs import KEY, MASTER, PRODUCTION, SECRET_KEY, faults
from workix.config.database_url import DatabaseAddress
from workix.config.email_url import MailServer
from workix.config.environment import PROJECT, SETTINGS, read
from workix.config.errors import ConfigurationError
from workix.config.secrets import Secret
from workix.config.values import make_signing_key

LIMITS = {
    "lockout_client_failures": 100,
    "lockout_failures": 10,
    "lockout_minutes": 15,
    "rate_limits": True,
    "requests_of_address": 600,
    "requests_of_actor": 1200,
    "requests_at_once": None,
    "redis_url": None,
}
GATEWAY = {
    **dict.fromkeys(("mcp_api", "mcp_key", "mcp_url", "grpc_tls_key", "grpc_tls_certificate")),
    "mcp_bind": "127.0.0.1:8766",
    "grpc_bind": "127.0.0.1:50051",
    "grpc_plaintext": False,
    "grpc_threads": 4,
    "grpc_calls_at_once": 64,
}
SERVER = {"web_workers": 2, "web_threads": 4, "drain_seconds": 0, "hashes_at_once": 2, **GATEWAY}
TELEMETRY = {"sentry_dsn": None, "otlp_endpoint": None, "otlp_headers": None, "trace_ratio": 0.1}
KEYS = dict.fromkeys(
    ("secret_key_fallbacks", "role_secrets", "directory_keys", "encryption_keys", "checkpoint_keys"), None
)


def test_production_reads_what_it_was_given(tmp_path: Path) -> None:
    environment = read({**PRODUCTION, "WORKIX_TRUSTED_PROXIES": "10.0.0.0/8, fd00::/8"}, base=tmp_path)
    assert dict(environment) == {
        "environment": "production",
        "debug": False,
        "secret_key": Secret(SECRET_KEY),
        "master_secret": Secret(MASTER),
        "signing_keys": Secret(KEY + "\n"),
        "checkpoint_log": None,
        "checkpoint_webhook_secret": None,
        "checkpoint_webhook": None,
        "tripwires": False,
        "audit_retention_floor_days": 30,
        "outgoing_networks": (),
        "database_url": DatabaseAddress("db", 6432, "workix", "owner", Secret("p@ss"), {"sslmode": "require"}),
        "setup_database_url": None,
        "pgbouncer": None,
        "var": tmp_path / "var",
        "public_url": "https://api.workix.example",
        "base_domain": "workix.example",
        "allowed_origins": (),
        "trusted_proxies": (ip_network("10.0.0.0/8"), ip_network("fd00::/8")),
        "proxy_hops": 3,
        "email_url": MailServer("mail.example", 465, "mailer", Secret("m/ail"), "tls"),
        "mail_from": "Workix <no-reply@localhost>",
        "sign_up": "open",
        "sign_ups_per_hour": 100,
        "sandboxes": 0,
        "sandboxes_per_hour": 100,
        "role_prefix": "workix",
        "connection_cap": None,
        **SERVER,
        "bind": "127.0.0.1:8000",
        "log_level": "INFO",
        "metrics_bind": "127.0.0.1:9464",
        "worker_metrics_bind": None,
        **LIMITS,
        **TELEMETRY,
        **KEYS,
    }


def test_what_follows_from_what_was_given(tmp_path: Path) -> None:
    environment = read(PRODUCTION, base=tmp_path)
    follows = (environment.production, environment.secure, environment.host, environment.port)
    assert follows == (True, True, "api.workix.example", 443)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_environment_is_a_working_development(tmp_path: Path) -> None:
    environment = read({}, base=tmp_path)
    assert (environment.environment, environment.public_url, environment.base_domain, environment.port) == (
        "development",
        "http://localhost:8000",
        "localhost",
        8000,
    )
    assert (environment.database_url, environment.email_url, environment.secure) == (None, None, False)


def test_every_malformed_setting_is_named_with_what_would_be_right(tmp_path: Path) -> None:
    malformed = {
        "WORKIX_ENV": "test",
        "WORKIX_DEBUG": "perhaps",
        "WORKIX_MASTER_SECRET": "short",
        "WORKIX_SIGNING_KEYS": "not a key",
        "DATABASE_URL": "mysql://root:hunter2@db/workix",
        "WORKIX_PUBLIC_URL": "ftp://workix",
        "WORKIX_BASE_DOMAIN": "-bad-",
        "WORKIX_TRUSTED_PROXIES": "10.0.0.0/99",
        "EMAIL_URL": "http://mailer:hunter2@mail",
        "REDIS_URL": "http://:hunter2@redis",
        "WORKIX_SIGN_UP": "maybe",
        "WORKIX_ROLE_PREFIX": "Work-ix",
        "WORKIX_CONNECTION_CAP": "0",
        "WORKIX_BIND": "8000",
    }
    assert faults(malformed, tmp_path) == (
        "REDIS_URL must look like redis://:password@host:6379/0, or rediss:// for TLS.",
        "WORKIX_DEBUG must be true or false, not 'perhaps'.",
        "WORKIX_MASTER_SECRET must have 32 characters or more.",
        "WORKIX_SIGNING_KEYS must hold Ed25519 private keys: make one with `openssl genpkey -algorithm ed25519`.",
        "DATABASE_URL must begin with postgresql://.",
        "WORKIX_PUBLIC_URL must be http:// or https:// and a host, with nothing behind it, not 'ftp://workix'.",
        "WORKIX_BASE_DOMAIN must be a host name such as workix.example, not '-bad-'.",
        "WORKIX_TRUSTED_PROXIES must be networks separated by commas, such as 10.0.0.0/8,fd00::/8, not '10.0.0.0/99'.",
        "EMAIL_URL must look like smtp://user:password@host:587?tls=true or smtps://user:password@host.",
        "WORKIX_SIGN_UP must be one of: open, closed, not 'maybe'.",
        "WORKIX_ROLE_PREFIX must be 1 to 31 lower-case letters, digits and underscores, the first a letter,"
        " not 'Work-ix'.",
        "WORKIX_CONNECTION_CAP must be a whole number, 1 or more, not '0'.",
        "WORKIX_BIND must be an address and a port such as 127.0.0.1:8000, not '8000'.",
    )


def test_several_signing_keys_may_stand_behind_each_other_on_one_line(tmp_path: Path) -> None:
    two = f"{KEY}\n{make_signing_key()}"
    one_line = two.replace("\n", "\\n")
    assert read({"WORKIX_SIGNING_KEYS": one_line}, base=tmp_path).signing_keys == Secret(two)


def test_secrets_do_not_show_themselves(tmp_path: Path) -> None:
    environment = read({**PRODUCTION, "SENTRY_DSN": "https://dsn@sentry/1"}, base=tmp_path)
    hidden = [SECRET_KEY, MASTER, KEY, "p@ss", "m/ail", "dsn@sentry"]
    held = environment.email_url, environment.database_url, environment.sentry_dsn
    assert held[2] == Secret("https://dsn@sentry/1")
    shown = f"{environment} {environment!r} {held} {environment.secret_key} {environment.master_secret}"
    assert [text for text in hidden if text in shown] == []


@pytest.mark.parametrize(("text", "value"), [("1", True), ("Yes", True), ("on", True), ("0", False), ("off", False)])
def test_a_switch_may_be_written_in_several_ways(text: str, value: bool, tmp_path: Path) -> None:
    assert read({"WORKIX_DEBUG": text}, base=tmp_path).debug is value


def test_a_base_domain_may_differ_from_the_host_of_the_platform(tmp_path: Path) -> None:
    assert read({**PRODUCTION, "WORKIX_BASE_DOMAIN": "Orgs.Example"}, base=tmp_path).base_domain == "orgs.example"


def test_paths_begin_at_the_project_and_homes_are_known(tmp_path: Path) -> None:
    assert [read({"WORKIX_VAR": var}, base=tmp_path).var for var in ("data", "/srv/workix", "~/workix")] == [
        tmp_path / "data",
        Path("/srv/workix"),
        Path.home() / "workix",
    ]
    assert faults({"WORKIX_VAR": "~nobody-of-this-name/var"}, tmp_path) == (
        "WORKIX_VAR must be a path; ~ stands for the home of somebody this machine knows,"
        " not '~nobody-of-this-name/var'.",
    )


def test_nobody_changes_what_was_read(tmp_path: Path) -> None:
    environment = read({}, base=tmp_path)
    with pytest.raises(ValidationError, match="Instance is frozen"):
        environment.debug = True
    assert (environment.debug, environment.model_copy(update={"debug": True}).debug) == (False, True)


def test_another_environment_has_another_host(tmp_path: Path) -> None:
    first = read({}, base=tmp_path)
    second = first.model_copy(update={"public_url": "https://api.workix.example:8443"})
    assert [(each.host, each.port, each.secure) for each in (first, second)] == [
        ("localhost", 8000, False),
        ("api.workix.example", 8443, True),
    ]


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        (
            {"WORKIX_CHECKPOINT_WEBHOOK": "http://checkpoints.example/"},
            "WORKIX_CHECKPOINT_WEBHOOK must begin with https://, and name nobody and no fragment:"
            " https://checkpoints.example.com/workix, not 'http://checkpoints.example/'.",
        ),
        (
            {"WORKIX_CHECKPOINT_WEBHOOK": "https://checkpoints.example/"},
            "WORKIX_CHECKPOINT_WEBHOOK_SECRET must be set where WORKIX_CHECKPOINT_WEBHOOK is.",
        ),
        (
            {"WORKIX_CHECKPOINT_WEBHOOK_SECRET": "whsec_c2hvcnQ="},
            "WORKIX_CHECKPOINT_WEBHOOK_SECRET must be whsec_ and the base64 of 24 to 64 random bytes,"
            " as `openssl rand -base64 32` writes it.",
        ),
    ],
)
def test_a_webhook_of_checkpoints_is_https_and_has_a_secret(given: dict[str, str], fault: str, tmp_path: Path) -> None:
    assert faults(given, tmp_path) == (fault,)


def test_the_secret_of_that_webhook_may_lie_in_a_file_and_be_two(tmp_path: Path) -> None:
    two = f"whsec_{'A' * 32},whsec_{'B' * 44}"
    (tmp_path / "secret").write_text(two + "\n")
    named = {"WORKIX_CHECKPOINT_WEBHOOK_SECRET_FILE": str(tmp_path / "secret")}
    environment = read({**named, "WORKIX_CHECKPOINT_WEBHOOK": "https://checkpoints.example/w"}, base=tmp_path)
    assert (environment.checkpoint_webhook, environment.checkpoint_webhook_secret) == (
        "https://checkpoints.example/w",
        Secret(two),
    )


def test_these_are_secret() -> None:
    assert [each.name for each in SETTINGS if each.secret] == [
        "SECRET_KEY",
        "WORKIX_MASTER_SECRET",
        "WORKIX_SIGNING_KEYS",
        "WORKIX_CHECKPOINT_WEBHOOK_SECRET",
        "DATABASE_URL",
        "WORKIX_SETUP_DATABASE_URL",
        "EMAIL_URL",
        "WORKIX_MCP_KEY",
        "REDIS_URL",
        "SECRET_KEY_FALLBACKS",
        "WORKIX_ROLE_SECRETS",
        "WORKIX_DIRECTORY_KEYS",
        "WORKIX_ENCRYPTION_KEYS",
        "WORKIX_CHECKPOINT_KEYS",
        "SENTRY_DSN",
        "OTEL_EXPORTER_OTLP_HEADERS",
    ]


def test_the_example_lists_every_setting_with_its_help_and_default() -> None:
    _, *paragraphs = (PROJECT / ".env.example").read_text().rstrip("\n").split("\n\n")
    assert paragraphs == [f"# {each.help}\n# {each.name}={each.default or ''}" for each in SETTINGS]


@pytest.mark.fault("F7")
def test_pages_of_other_origins_are_shut_out_but_for_front_ends_in_development(tmp_path: Path) -> None:
    given = {"WORKIX_ALLOWED_ORIGINS": "https://app.example.com, http://localhost:3000"}
    assert [
        read(environ, base=tmp_path).allowed_origins
        for environ in ({}, {"WORKIX_ENV": "test"}, PRODUCTION, {**PRODUCTION, **given}, given)
    ] == [
        ("http://localhost:3000", "http://localhost:5173"),
        (),
        (),
        ("https://app.example.com", "http://localhost:3000"),
        ("https://app.example.com", "http://localhost:3000"),
    ]
    with pytest.raises(ConfigurationError, match=r"WORKIX_ALLOWED_ORIGINS must be an origin such as .+, not '\*'"):
        read({**PRODUCTION, "WORKIX_ALLOWED_ORIGINS": "*"}, base=tmp_path)
