"""manage.py signing_keys, and /.well-known/jwks.json while the keys change."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from accounts.tokens.key_rotation import ANNOUNCED
from accounts.tokens.signing_keys import MARGIN
from tests.cast import PASSWORD, Api, Cast
from workix.config.secrets import LiveSecret, Secret
from workix.config.values import make_signing_key, signing_keys

NOON = datetime(2030, 1, 31, 12, tzinfo=UTC)


@pytest.fixture
def file(tmp_path: Path, settings: Settings) -> Path:
    found = tmp_path / "signing_keys"
    found.write_text(make_signing_key())
    start(found, settings)
    return found


def start(file: Path, settings: Settings) -> None:
    """Be a process that has just started."""
    live = LiveSecret(signing_keys(file.read_text()), file, signing_keys)
    settings.WORKIX = settings.WORKIX.model_copy(update={"signing_keys": live})


def run(*words: str) -> str:
    said = StringIO()
    call_command("signing_keys", *words, stdout=said)
    return said.getvalue().strip()


def keys() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("--json"))
    return found


def test_keys_are_listed_rotated_and_retired(file: Path, settings: Settings) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        (old,) = keys()
        assert run() == f"{old['id']} is current"
        run("rotate")
        start(file, settings)
        new = keys()[0]
        assert run("list").splitlines() == [
            f"{new['id']} is next, signs from 2030-01-31 12:10:00 UTC",
            f"{old['id']} is current, verifies until 2030-01-31 12:30:00 UTC",
        ]
        with pytest.raises(CommandError, match="is current: rotate the keys"):
            run("retire", old["id"])
        clock.shift(ANNOUNCED + timedelta(minutes=15) + MARGIN)
        assert [each["state"] for each in keys()] == ["current", "retired"]
        assert run("retire", old["id"]) == f"{new['id']} is current, signs from 2030-01-31 12:10:00 UTC"
        start(file, settings)
        assert [each["id"] for each in keys()] == [new["id"]]


def test_no_key_is_printed(file: Path) -> None:
    secret = file.read_text().splitlines()[1]
    said = run() + run("--json") + run("rotate") + run("replace-all")
    assert (secret in said, "PRIVATE" in said) == (False, False)


@pytest.mark.parametrize("words", [("retire",), ("rotate", "x"), ("list", "x"), ("replace-all", "x")])
def test_a_key_is_named_where_one_is_meant_and_nowhere_else(file: Path, words: tuple[str, ...]) -> None:
    before = file.read_text()
    with pytest.raises(CommandError, match="signing_keys retire ID"):
        run(*words)
    assert file.read_text() == before


def test_keys_of_a_variable_are_told_to_move(settings: Settings) -> None:
    settings.WORKIX = settings.WORKIX.model_copy(update={"signing_keys": Secret(make_signing_key())})
    assert len(keys()) == 1
    with pytest.raises(CommandError, match="put them in a file"):
        run("rotate")


def test_a_folder_nobody_may_write_to_is_a_sentence(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.fchown", denied)
    with pytest.raises(CommandError, match=r"^The keys cannot be written: Permission denied\.$"):
        run("rotate")


@pytest.mark.requirement("S135")
def test_a_session_lives_through_a_rotation_and_a_leak(acme: Cast, file: Path, settings: Settings) -> None:
    with time_machine.travel(datetime.now(UTC), tick=False) as clock:
        login = {"email": "alice@acme.example", "password": PASSWORD}
        pair = Api().post("auth/login/", login).body
        run("rotate")
        start(file, settings)
        published = [each["kid"] for each in Api().get("/.well-known/jwks.json").body["keys"]]
        assert (len(published), Api(pair["access"]).get("me/").status) == (2, 200)
        clock.shift(ANNOUNCED)
        assert Api(pair["access"]).get("me/").status == 200, "of the key that retires"
        renewed = Api().post("auth/refresh/", {"refresh": pair["refresh"]}).body
        assert [Api(each["access"]).get("me/").status for each in (pair, renewed)] == [200, 200]
        run("replace-all")
        start(file, settings)
        refused = Api(renewed["access"]).get("me/")
        assert (refused.status, refused.body["code"]) == (401, "token_not_valid")
        again = Api().post("auth/refresh/", {"refresh": renewed["refresh"]})
        assert (again.status, Api(again.body["access"]).get("me/").status) == (200, 200)
