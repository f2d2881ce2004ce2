"""manage.py verify_audit, and the offline verifier as a program by itself: both name what is not as it was signed."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from audit.transparency import offline_verifier
from tests.cast import Cast
from tests.integration.tenants.trail.sequenced import leaves, sequence_all, tamper, write


def verify(*options: Any) -> str:
    said = io.StringIO()
    call_command("verify_audit", *options, stdout=said)
    return said.getvalue()


def offline(*arguments: str) -> tuple[int, str]:
    """Run the file where nothing of ours is found."""
    done = subprocess.run(
        [sys.executable, "-I", offline_verifier.__file__, *arguments],
        capture_output=True, text=True, check=False, cwd="/",
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def test_every_organization_is_verified_and_counted(acme: Cast, globex: Cast) -> None:
    sequence_all()
    write(acme)
    mine, theirs = json.loads(verify("--json"))
    assert (mine["organization"], mine["fault"], mine["waiting"]) == ("acme", "", 1)
    assert (theirs["organization"], theirs["fault"], theirs["waiting"]) == ("globex", "", 0)
    assert mine["entries"] == len(leaves(acme))


def test_a_trail_that_was_altered_is_status_1(acme: Cast, globex: Cast) -> None:
    sequence_all()
    tamper(acme, "UPDATE audit_logs SET action = 'x.y'")
    with pytest.raises(CommandError, match="A trail is not as it was signed"):
        verify()
    assert verify("--organization", "globex").startswith("globex: verified, ")


def test_the_export_of_a_trail_is_verified_where_nothing_of_ours_is(acme: Cast, tmp_path: Path) -> None:
    write(acme, 3)
    sequence_all()
    (key, *_), file = verify("--organization", "acme", "--key").split(), tmp_path / "acme.ndjson"
    verify("--organization", "acme", "--export", file)
    assert offline(str(file), "--key", key)[0] == 0
    lines = file.read_text().splitlines()
    file.write_text("\n".join([lines[0].replace('"action": "', '"action": "x'), *lines[1:]]))
    status, said = offline(str(file), "--key", key)
    assert (status, said) == (
        1,
        f"NOT VERIFIED: The entry {leaves(acme)[0][1]}, leaf 0, was altered or changed its place.\n",
    )


@pytest.mark.parametrize("key", ["", "workix.dev/audit/x+00000000+AA==", "a+b+c"])
def test_what_is_no_key_verifies_nothing(tmp_path: Path, key: str) -> None:
    (tmp_path / "empty").touch()
    assert offline(str(tmp_path / "empty"), "--key", key) == (
        1,
        "NOT VERIFIED: This is no verifier key of an Ed25519 signature.\n",
    )


@pytest.mark.parametrize("option", ["--key", "--export=/nowhere"])
def test_what_is_for_one_organization_asks_for_which(database: None, option: str) -> None:
    with pytest.raises(CommandError, match="Name the organization"):
        verify(option)
