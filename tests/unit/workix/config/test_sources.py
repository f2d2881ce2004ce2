"""Settings sources: variables, NAME_FILE secrets, and the secrets that development keeps."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

from tests.unit.workix.config.environs import MASTER, PRODUCTION, SECRET_KEY, faults
from workix.config.environment import SETTINGS, Environment, read
from workix.config.secrets import Secret


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
        environment = read({}, base=tmp_path)
        start.wait()
        hash((environment.secret_key, environment.master_secret, environment.signing_keys))
        seen.append(environment)

    threads = [threading.Thread(target=take) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [seen[0]] * 8


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


def test_a_secret_may_come_through_a_pipe_which_is_read_once(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.write(writing, MASTER.encode())
    os.close(writing)
    try:
        environ = {**PRODUCTION, "WORKIX_MASTER_SECRET": "", "WORKIX_MASTER_SECRET_FILE": f"/dev/fd/{reading}"}
        assert read(environ, base=tmp_path).master_secret == Secret(MASTER)
    finally:
        os.close(reading)


def test_a_secret_set_twice_or_unreadable_is_a_fault(tmp_path: Path) -> None:
    twice = {"SECRET_KEY": SECRET_KEY, "SECRET_KEY_FILE": "key", "WORKIX_MASTER_SECRET_FILE": str(tmp_path / "gone")}
    assert faults(twice, tmp_path) == (
        "SECRET_KEY is set twice: unset it or SECRET_KEY_FILE.",
        f"WORKIX_MASTER_SECRET cannot be read from {tmp_path / 'gone'}: No such file or directory.",
    )


def test_a_file_that_is_not_text_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(b"\xff\xfe\x00")
    assert faults({"SECRET_KEY_FILE": str(tmp_path / "key")}, tmp_path) == (
        "SECRET_KEY lies in a file that is not UTF-8 text.",
    )


def test_reading_writes_nothing(tmp_path: Path) -> None:
    read({}, base=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_secret_development_keeps_is_checked_like_any_other(tmp_path: Path) -> None:
    secrets_dir = tmp_path / "var" / "secrets"
    secrets_dir.mkdir(parents=True)
    (secrets_dir / "master_secret").write_text("short")
    (secrets_dir / "secret_key").mkdir()
    assert faults({}, tmp_path) == (
        f"SECRET_KEY cannot be read from {secrets_dir / 'secret_key'}: Is a directory.",
        "WORKIX_MASTER_SECRET must have 32 characters or more.",
    )


def test_an_empty_variable_counts_as_unset(tmp_path: Path) -> None:
    assert read({each.name: "" for each in SETTINGS}, base=tmp_path) == read({}, base=tmp_path)
