"""Licences of locked packages: what each says of itself is on a list, or it is named."""

from __future__ import annotations

from email.message import Message
from pathlib import Path

import pytest

from tools.pipeline.licences import licences, refused
from tools.pipeline.locked import locked


def package(**fields: str | list[str]) -> Message:
    """Write metadata as a wheel has it."""
    message = Message()
    for name, values in fields.items():
        for value in [values] if isinstance(values, str) else values:
            message[name.replace("_", "-")] = value
    return message


@pytest.mark.parametrize(
    ("metadata", "named"),
    [
        (package(License_Expression="MPL-2.0 AND (Apache-2.0 OR MIT)"), ["MPL-2.0", "Apache-2.0", "MIT"]),
        (package(License_Expression="MIT", Classifier=["License :: OSI Approved :: BSD License"]), ["MIT"]),
        (package(License_Expression="GPL-2.0-only WITH Bison"), ["GPL-2.0-only WITH Bison"]),
        (package(Classifier=["Topic :: Database", "License :: OSI Approved :: BSD License"]), ["BSD License"]),
        (package(License="BSD 3-Clause OR Apache-2.0"), ["BSD 3-Clause", "Apache-2.0"]),
        (package(License="\nApache License\nVersion 2.0"), ["Apache License"]),
        (package(Name="silent"), []),
    ],
)
def test_what_a_package_says_of_its_licence(metadata: Message, named: list[str]) -> None:
    assert licences(metadata) == named


def test_what_is_on_no_list_or_says_nothing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, licence in {
        "copyleft": "License-Expression: AGPL-3.0-only OR MIT\n",
        "silent": "",
        "free": "License: MIT\n",
    }.items():
        (tmp_path / f"{name}-1.0.dist-info").mkdir()
        (tmp_path / f"{name}-1.0.dist-info" / "METADATA").write_text(f"Metadata-Version: 2.4\nName: {name}\n{licence}")
    monkeypatch.syspath_prepend(tmp_path)
    asked = ["silent", "copyleft", "free", "for-another-system"]
    assert refused(asked) == ["copyleft: AGPL-3.0-only", "silent: says nothing of its licence"]
    assert refused(asked, exceptions={"silent": "its author wrote that it is MIT", "copyleft": "never shipped"}) == []


def test_a_lock_file_is_read_with_its_extras_and_markers(tmp_path: Path) -> None:
    lock = tmp_path / "lock.txt"
    lock.write_text(
        "Ruamel_Yaml==0.19.1 \\\n    --hash=sha256:00\npsycopg[binary, pool]==3.3.9 ; os_name != 'x' \\\n# six==1\n"
    )
    assert locked(lock) == {"ruamel-yaml": "0.19.1", "psycopg": "3.3.9"}
