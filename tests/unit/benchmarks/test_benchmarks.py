"""Benchmarks: each still finds what it measures, though nothing but `make bench` runs it."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[3]
#: The peer has settings of its own, so it can't be imported beside ours.
PEER = "stock"
MODULES = [
    ".".join(file.relative_to(PROJECT).with_suffix("").parts)
    for file in sorted((PROJECT / "benchmarks").rglob("*.py"))
    if file.name != "__init__.py" and PEER not in file.relative_to(PROJECT / "benchmarks").parts
]


@pytest.mark.parametrize("module", MODULES)
def test_a_benchmark_finds_what_it_measures(module: str) -> None:
    assert importlib.import_module(module).__doc__
