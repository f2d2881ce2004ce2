"""Styles: a variable that nobody defines has no color, and what was written on a button is not seen."""

from __future__ import annotations

import re
from pathlib import Path

import django

from tests.house.rule import assert_kept
from tests.house.sources import PROJECT

OURS = sorted((PROJECT / "static").rglob("*.css"))
ADMIN = sorted((Path(django.__file__).parent / "contrib/admin/static/admin/css").glob("*.css"))
_DEFINED = re.compile(r"(--[\w-]+)\s*:")
_USED = re.compile(r"var\(\s*(--[\w-]+)")


def test_every_variable_of_a_style_is_defined() -> None:
    defined = {name for file in (*OURS, *ADMIN) for name in _DEFINED.findall(file.read_text(encoding="utf-8"))}
    broken = [
        f"{file.relative_to(PROJECT)}: {name}"
        for file in OURS
        for name in _USED.findall(file.read_text(encoding="utf-8"))
        if name not in defined
    ]
    assert_kept(
        "each var(--name) of a style has a value", broken, mend="define it, or use one that Django's admin defines."
    )
