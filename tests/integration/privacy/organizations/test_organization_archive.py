"""manage.py export_organization: a portable archive that says what is in it, holds no secret, and proves its trail."""

from __future__ import annotations

import hashlib
import json
import stat
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command

from audit.transparency.offline_verifier import read_verifier_key, verify
from tests.acts import rows
from tests.cast import Cast
from tests.integration.accounts.api_keys.callers import key_of
from tests.integration.tenants.neighbours.neighbours import neighbours_untouched
from tests.integration.tenants.trail.sequenced import sequence_all


def export(file: Path) -> ZipFile:
    call_command("export_organization", "acme", str(file), "--reason", "They move")
    return ZipFile(file)


def test_the_archive_is_what_its_manifest_says_and_holds_no_secret(acme: Cast, globex: Cast, tmp_path: Path) -> None:
    key = key_of(acme)
    archive = export(tmp_path / "acme.zip")
    manifest = json.loads(archive.read("manifest.json"))
    files = {f"tables/{name}.ndjson": told for name, told in manifest["tables"].items()} | {
        "trail.ndjson": manifest["trail"]
    }
    found = {name: (hashlib.sha256(archive.read(name)).hexdigest(), archive.read(name).count(b"\n")) for name in files}
    assert found == {name: (told["sha256"], told["rows"]) for name, told in files.items()}
    people = [json.loads(line) for line in archive.read("tables/users.ndjson").splitlines()]
    assert {each["email"] for each in people} == {person.email for person in acme.people.values()}
    hashes = [value for (value,) in rows("SELECT password_hash FROM users UNION SELECT key_hash FROM api_keys", acme)]
    everything = b"".join(archive.read(name) for name in archive.namelist())
    assert [each for each in (*hashes, key, "gina@globex.example") if each.encode() in everything] == []


def test_a_table_comes_behind_those_it_points_to(acme: Cast, tmp_path: Path) -> None:
    order = list(json.loads(export(tmp_path / "acme.zip").read("manifest.json"))["tables"])
    assert order.index("users") < order.index("role_members") > order.index("roles")


def test_its_trail_verifies_with_its_keys_alone(acme: Cast, tmp_path: Path) -> None:
    sequence_all()
    archive = export(tmp_path / "acme.zip")
    origin, key = read_verifier_key(json.loads(archive.read("manifest.json"))["verifier_keys"][0])
    seen = verify(map(json.loads, archive.read("trail.ndjson").splitlines()), origin, [key])
    assert (seen.entries > 3, seen.checkpoints, seen.waiting) == (True, 1, 1)


def test_it_is_an_entry_and_nobody_elses_to_read(acme: Cast, tmp_path: Path) -> None:
    file = tmp_path / "acme.zip"
    with neighbours_untouched(acme.organization):
        export(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert rows("SELECT reason FROM audit_logs WHERE action = 'organization.exported'", acme) == [("They move",)]
    with pytest.raises(CommandError, match="File exists"):
        export(file)
    with pytest.raises(CommandError, match="no organization with this slug"):
        call_command("export_organization", "nobody", str(tmp_path / "x.zip"), "--reason", "x")
    assert not (tmp_path / "x.zip").exists()
