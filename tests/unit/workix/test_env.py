"""The environment: read once, typed, every fault told at once, secrets never shown."""

from __future__ import annotations

import stat
import threading
from ipaddress import ip_network
from pathlib import Path

import pytest

from workix.env import PROJECT, SETTINGS, ConfigurationError, Environment, read
from workix.foundation.database_address import DatabaseAddress, Secret
from workix.foundation.mail_server import MailServer
from workix.foundation.setting_values import make_signing_key

KEY = make_signing_key().strip()
SECRET_KEY = "Qm9vbnRvd24gYmVhY2ggaXMgbmljZSBpbiBzdW1tZXI"
MASTER = "nU4sJx0qv8ZcQ1y7TgWm3LkR9bHdFeVa"
PRODUCTION = {
    "WORKIX_ENV": "production",
    "SECRET_KEY": SECRET_KEY,
    "WORKIX_MASTER_SECRET": MASTER,
    "WORKIX_SIGNING_KEYS": KEY,
    "DATABASE_URL": "postgresql://owner:p%40ss@db:6432/workix?sslmode=require",
    "WORKIX_PUBLIC_URL": "https://api.workix.example",
    "EMAIL_URL": "smtps://mailer:m%2Fail@mail.example",
}


def faults(environ: dict[str, str], base: Path) -> tuple[str, ...]:
    with pytest.raises(ConfigurationError) as refusal:
        read(environ, base=base)
    return refusal.value.faults


def test_production_reads_what_it_was_given(tmp_path: Path) -> None:
    environment = read({**PRODUCTION, "WORKIX_TRUSTED_PROXIES": "10.0.0.0/8, fd00::/8"}, base=tmp_path)
    assert environment == Environment(
        environment="production",
        debug=False,
        secret_key=Secret(SECRET_KEY),
        master_secret=Secret(MASTER),
        signing_keys=Secret(KEY + "\n"),
        database_url=DatabaseAddress("db", 6432, "workix", "owner", Secret("p@ss"), {"sslmode": "require"}),
        setup_database_url=None,
        var=tmp_path / "var",
        public_url="https://api.workix.example",
        base_domain="workix.example",
        trusted_proxies=(ip_network("10.0.0.0/8"), ip_network("fd00::/8")),
        email_url=MailServer("mail.example", 465, "mailer", Secret("m/ail"), "tls"),
        mail_from="Workix <no-reply@localhost>",
        sign_up="open",
        sign_ups_per_hour=100,
        role_prefix="workix",
        connection_cap=20,
        web_workers=2,
        web_threads=4,
        bind="127.0.0.1:8000",
        log_level="INFO",
        metrics_bind="127.0.0.1:9464",
        worker_metrics_bind=None,
        lockout_failures=10,
        lockout_minutes=15,
        sentry_dsn=None,
    )
    assert (environment.production, environment.secure, environment.host, environment.port) == (
        True,
        True,
        "api.workix.example",
        443,
    )
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


def test_development_makes_its_secrets_once_and_only_the_owner_may_read_them(tmp_path: Path) -> None:
    first, second = read({}, base=tmp_path), read({"WORKIX_ENV": "test"}, base=tmp_path)
    vault = tmp_path / "var" / "secrets"
    assert (second.secret_key, second.master_secret, second.signing_keys) == (
        first.secret_key,
        first.master_secret,
        first.signing_keys,
    )
    assert {file.name: stat.S_IMODE(file.stat().st_mode) for file in [vault, *vault.iterdir()]} == {
        "secrets": 0o700,
        "secret_key": 0o600,
        "master_secret": 0o600,
        "signing_keys": 0o600,
    }


def test_all_who_race_for_a_secret_get_the_same_one(tmp_path: Path) -> None:
    seen: list[Environment] = []
    start = threading.Barrier(8)

    def take() -> None:
        start.wait()
        seen.append(read({}, base=tmp_path))

    threads = [threading.Thread(target=take) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [seen[0]] * 8


def test_production_says_at_once_everything_that_is_missing(tmp_path: Path) -> None:
    helps = {setting.name: setting.help for setting in SETTINGS}
    assert faults({"WORKIX_ENV": "production"}, tmp_path) == tuple(
        f"{name} must be set in production. {helps[name.split(' or ')[0]]}"
        for name in (
            "SECRET_KEY or SECRET_KEY_FILE",
            "WORKIX_MASTER_SECRET or WORKIX_MASTER_SECRET_FILE",
            "WORKIX_SIGNING_KEYS or WORKIX_SIGNING_KEYS_FILE",
            "DATABASE_URL or DATABASE_URL_FILE",
            "WORKIX_PUBLIC_URL",
            "EMAIL_URL or EMAIL_URL_FILE",
        )
    )
    assert list(tmp_path.iterdir()) == []


def test_production_refuses_everything_unsafe(tmp_path: Path) -> None:
    unsafe = {
        **PRODUCTION,
        "WORKIX_DEBUG": "true",
        "WORKIX_PUBLIC_URL": "http://workix.example",
        "SECRET_KEY": "ab" * 32,
        "WORKIX_MASTER_SECRET": "ab" * 32,
    }
    draw = "can be guessed: draw a new one with `openssl rand -base64 48`."
    assert faults(unsafe, tmp_path) == (
        "WORKIX_DEBUG must be off in production: its error pages show the source and the settings.",
        "WORKIX_PUBLIC_URL must begin with https:// in production: over http tokens travel in the open.",
        f"SECRET_KEY {draw}",
        f"WORKIX_MASTER_SECRET {draw}",
        "SECRET_KEY and WORKIX_MASTER_SECRET must differ: who learns one must not have both.",
    )


@pytest.mark.parametrize("key", ["django-insecure-" + SECRET_KEY, "change-me-" + SECRET_KEY, SECRET_KEY[:31], "a" * 64])
def test_production_refuses_a_key_that_can_be_guessed(key: str, tmp_path: Path) -> None:
    assert faults({**PRODUCTION, "SECRET_KEY": key}, tmp_path) == (
        "SECRET_KEY can be guessed: draw a new one with `openssl rand -base64 48`.",
    )


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
        "WORKIX_SIGN_UP": "maybe",
        "WORKIX_ROLE_PREFIX": "Work-ix",
        "WORKIX_CONNECTION_CAP": "0",
        "WORKIX_BIND": "8000",
    }
    assert faults(malformed, tmp_path) == (
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


def test_an_unknown_place_is_as_strict_as_production(tmp_path: Path) -> None:
    assert faults({**PRODUCTION, "WORKIX_ENV": "prod", "WORKIX_DEBUG": "1"}, tmp_path) == (
        "WORKIX_ENV must be one of: development, production, test, not 'prod'.",
        "WORKIX_DEBUG must be off in production: its error pages show the source and the settings.",
    )


def test_an_unknown_setting_refuses_to_start(tmp_path: Path) -> None:
    unknown = {"WORKIX_DEBUGG": "1", "WORKIX_HEIGHT_OF_DOORS": "1", "WORKIX_DEBUG_FILE": "debug", "EDITOR": "vi"}
    assert faults(unknown, tmp_path) == (
        "WORKIX_DEBUGG is no setting: did you mean WORKIX_DEBUG.",
        "WORKIX_DEBUG_FILE is no setting: did you mean WORKIX_DEBUG.",
        "WORKIX_HEIGHT_OF_DOORS is no setting, see .env.example.",
    )


def test_a_secret_may_lie_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "master"
    file.write_text(MASTER + "\n")
    assert read({"WORKIX_MASTER_SECRET_FILE": str(file)}, base=tmp_path).master_secret == Secret(MASTER)


def test_a_secret_set_twice_or_unreadable_is_a_fault(tmp_path: Path) -> None:
    twice = {"SECRET_KEY": SECRET_KEY, "SECRET_KEY_FILE": "key", "WORKIX_MASTER_SECRET_FILE": str(tmp_path / "gone")}
    assert faults(twice, tmp_path) == (
        "SECRET_KEY is set twice: unset it or SECRET_KEY_FILE.",
        f"WORKIX_MASTER_SECRET cannot be read from {tmp_path / 'gone'}: No such file or directory.",
    )


def test_several_signing_keys_may_stand_behind_each_other_on_one_line(tmp_path: Path) -> None:
    two = f"{KEY}\n{make_signing_key()}"
    one_line = two.replace("\n", "\\n")
    assert read({"WORKIX_SIGNING_KEYS": one_line}, base=tmp_path).signing_keys == Secret(two)


def test_secrets_do_not_show_themselves(tmp_path: Path) -> None:
    environment = read({**PRODUCTION, "SENTRY_DSN": "https://dsn@sentry"}, base=tmp_path)
    hidden = [SECRET_KEY, MASTER, KEY, "p@ss", "m/ail", "dsn@sentry"]
    held = environment.email_url, environment.database_url, environment.sentry_dsn
    assert held[2] == Secret("https://dsn@sentry")
    shown = f"{environment} {environment!r} {held} {environment.secret_key} {environment.master_secret}"
    assert [text for text in hidden if text in shown] == []


@pytest.mark.parametrize(("text", "value"), [("1", True), ("Yes", True), ("on", True), ("0", False), ("off", False)])
def test_a_switch_may_be_written_in_several_ways(text: str, value: bool, tmp_path: Path) -> None:
    assert read({"WORKIX_DEBUG": text}, base=tmp_path).debug is value


def test_a_base_domain_may_differ_from_the_host_of_the_platform(tmp_path: Path) -> None:
    assert read({**PRODUCTION, "WORKIX_BASE_DOMAIN": "Orgs.Example"}, base=tmp_path).base_domain == "orgs.example"


def test_a_file_that_is_not_text_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(b"\xff\xfe\x00")
    assert faults({"SECRET_KEY_FILE": str(tmp_path / "key")}, tmp_path) == (
        "SECRET_KEY lies in a file that is not UTF-8 text.",
    )


def test_the_example_lists_every_setting_with_its_help_and_default() -> None:
    _, *paragraphs = (PROJECT / ".env.example").read_text().rstrip("\n").split("\n\n")
    assert paragraphs == [f"# {each.help}\n# {each.name}={each.default or ''}" for each in SETTINGS]


def test_metrics_need_a_port_of_their_own(tmp_path: Path) -> None:
    assert faults({"WORKIX_BIND": "0.0.0.0:8000", "WORKIX_METRICS_BIND": "127.0.0.1:8000"}, tmp_path) == (
        "WORKIX_METRICS_BIND must have another port than WORKIX_BIND: by its port the web server tells operators.",
    )
