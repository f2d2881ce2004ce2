"""Configuration errors show no secret: not in our sentences, not in pydantic's own, not in its debug log."""

from __future__ import annotations

import json
import logging
import pickle
import traceback
from pathlib import Path

import pytest
from pydantic import ValidationError

from workix.config.environment import SETTINGS, Environment, read
from workix.config.errors import ConfigurationError

CANARY = "hunter2canary"
SECRETS = [each.name for each in SETTINGS if each.secret]
WRONG = [
    CANARY,
    f"{CANARY}\udcff",
    f"postgresql://owner:{CANARY}@db",
    f"postgresql://owner:{CANARY}#@db/workix",
    f"postgresql://owner:{CANARY}@db:port/workix",
    f"mysql://owner:{CANARY}@db/workix",
    f"smtp://mailer:{CANARY}[@mail",
    f"smtp://mailer:{CANARY}@mail?ssl=1",
    f"https://{CANARY}@sentry/",
    f"https://{CANARY}@sentry:port/1",
    f"-----BEGIN PRIVATE KEY-----\n{CANARY}\n-----END PRIVATE KEY-----",
]
ENVIRONMENTS = ["development", "production"]


def environs(name: str, text: str, folder: Path) -> list[dict[str, str]]:
    """Say the same wrong thing in every way there is to say it."""
    file = folder / "secret"
    file.write_bytes(text.encode(errors="surrogateescape"))
    both = {name: text, f"{name}_FILE": str(file)}
    ways = [{name: text}, {f"{name}_FILE": str(file)}, both]
    return [{**way, "WORKIX_ENV": kind, "WORKIX_DEBUG": "perhaps"} for way in ways for kind in ENVIRONMENTS]


@pytest.mark.parametrize("name", SECRETS)
@pytest.mark.parametrize("text", WRONG)
def test_our_error_repeats_no_secret(name: str, text: str, tmp_path: Path) -> None:
    for environ in environs(name, text, tmp_path):
        with pytest.raises(ConfigurationError) as refusal:
            read(environ, base=tmp_path)
        error = refusal.value
        told = [str(error), repr(error), *error.faults, *traceback.format_exception(error)]
        assert (error.__cause__, error.__context__) == (None, None)
        assert [each for each in told if CANARY in each] == []


@pytest.mark.parametrize("name", SECRETS)
@pytest.mark.parametrize("text", WRONG)
def test_what_pydantic_raises_holds_no_secret(name: str, text: str, tmp_path: Path) -> None:
    for environ in environs(name, text, tmp_path):
        with pytest.raises(ValidationError) as refusal:
            Environment(environ=environ, secrets_dir=tmp_path)
        error = refusal.value
        assert "WORKIX_DEBUG" in str(error)
        told = [str(error), repr(error), repr(error.errors()), error.json(include_input=False)]
        assert [each for each in told if CANARY in each] == []


VALID = {
    "SECRET_KEY": f"{CANARY}-secret-key",
    "WORKIX_MASTER_SECRET": f"{CANARY}-master-secret-0123456789",
    "DATABASE_URL": f"postgresql://owner:{CANARY}@db/workix",
    "WORKIX_SETUP_DATABASE_URL": f"postgresql://postgres:{CANARY}@db/workix",
    "EMAIL_URL": f"smtps://mailer:{CANARY}@mail",
    "SENTRY_DSN": f"https://{CANARY}@sentry/1",
    "REDIS_URL": f"redis://:{CANARY}@redis",
}


def test_what_pydantic_makes_shows_no_secret(tmp_path: Path) -> None:
    environment = read(VALID, base=tmp_path)
    assert CANARY in environment.secret_key.reveal()
    shown = [repr(environment), str(environment), repr(environment.__dict__)]
    assert [(CANARY in each, "Secret(********)" in each) for each in shown] == [(False, True)] * 3


def test_what_is_written_out_has_no_secret_in_it(tmp_path: Path) -> None:
    environment = read(VALID, base=tmp_path)
    secret = {field for field, info in Environment.model_fields.items() if info.validation_alias in SECRETS}
    assert set(environment.model_dump()) == set(Environment.model_fields) - secret
    assert set(json.loads(environment.model_dump_json(warnings=False))) == set(Environment.model_fields) - secret
    with pytest.raises(TypeError, match=r"^A secret is not pickled"):
        pickle.dumps(environment)


def test_the_debug_log_of_pydantic_settings_shows_no_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("PYDANTIC_SETTINGS_DEBUG", "1")
    with caplog.at_level(logging.DEBUG, logger="pydantic_settings"):
        read({**VALID, "WORKIX_BIND": "127.0.0.1:8123"}, base=tmp_path)
    assert ("127.0.0.1:8123" in caplog.text, CANARY in caplog.text) == (True, False)
