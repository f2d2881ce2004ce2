"""Production: told everything it needs, and nothing unsafe; every fault at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.workix.config.environs import MASTER, PRODUCTION, SECRET_KEY, faults
from workix.config.environment import SETTINGS


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
        f"SECRET_KEY {draw}",
        f"WORKIX_MASTER_SECRET {draw}",
        "SECRET_KEY and WORKIX_MASTER_SECRET must differ: who learns one must not have both.",
        "WORKIX_PUBLIC_URL must begin with https:// in production: over http tokens travel in the open.",
    )


@pytest.mark.parametrize("key", ["django-insecure-" + SECRET_KEY, "change-me-" + SECRET_KEY, SECRET_KEY[:31], "a" * 64])
def test_production_refuses_a_key_that_can_be_guessed(key: str, tmp_path: Path) -> None:
    assert faults({**PRODUCTION, "SECRET_KEY": key}, tmp_path) == (
        "SECRET_KEY can be guessed: draw a new one with `openssl rand -base64 48`.",
    )


def test_an_unknown_place_is_as_strict_as_production(tmp_path: Path) -> None:
    assert faults({**PRODUCTION, "WORKIX_ENV": "prod", "WORKIX_DEBUG": "1"}, tmp_path) == (
        "WORKIX_ENV must be one of: development, production, test, not 'prod'.",
        "WORKIX_DEBUG must be off in production: its error pages show the source and the settings.",
    )


def test_malformed_and_unsafe_are_told_together(tmp_path: Path) -> None:
    environ = {
        **PRODUCTION,
        "WORKIX_BIND": "8000",
        "SECRET_KEY": MASTER,
        "SENTRY_DSN": "nonsense",
        "WORKIX_HEIGHT": "1",
    }
    assert faults(environ, tmp_path) == (
        "SENTRY_DSN must look like https://key@host/1, as Sentry shows it.",
        "SECRET_KEY and WORKIX_MASTER_SECRET must differ: who learns one must not have both.",
        "WORKIX_BIND must be an address and a port such as 127.0.0.1:8000, not '8000'.",
        "WORKIX_HEIGHT is no setting, see .env.example.",
    )
