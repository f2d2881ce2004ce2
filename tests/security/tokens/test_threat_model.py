"""docs/threat-model.md names tests as proof: each is there, and each attack of RFC 8725 is named there."""

from __future__ import annotations

import re

from tests.house.sources import PROJECT

PAGE = (PROJECT / "docs" / "threat-model.md").read_text(encoding="utf-8")
TESTS = {
    name
    for file in (PROJECT / "tests").rglob("test_*.py")
    for name in re.findall(r"^def (test_\w+)\(", file.read_text(encoding="utf-8"), re.MULTILINE)
}


def test_every_test_the_page_names_is_there() -> None:
    named = re.findall(r"`(test_\w+)`", PAGE)
    assert (len(named) > 30, [name for name in named if name not in TESTS]) == (True, [])


def test_every_point_of_rfc_8725_is_there() -> None:
    points = set(re.findall(r"\b[23]\.\d+\b", PAGE))
    assert {f"2.{number}" for number in range(1, 10)} | {f"3.{number}" for number in range(1, 13)} <= points


def test_every_attack_by_rfc_8725_is_on_the_page() -> None:
    file = PROJECT / "tests" / "security" / "tokens" / "test_rfc_8725.py"
    attacks = re.findall(r"^def (test_\w+)\(", file.read_text(encoding="utf-8"), re.MULTILINE)
    sound = "test_what_these_tests_craft_is_good_before_it_is_spoilt"
    assert [name for name in attacks if name not in PAGE and name != sound] == []
