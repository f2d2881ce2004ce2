"""Prometheus' own tool takes the configuration and the rules, and each alert speaks when it should."""

from __future__ import annotations

import shutil
import subprocess

import pytest
import yaml

from tests.house.metrics.series import DEPLOY, alerts

PROMTOOL = shutil.which("promtool")
FOLDER = DEPLOY / "prometheus"

needs_promtool = pytest.mark.skipif(PROMTOOL is None, reason="promtool is missing: apt-get install prometheus")


def run(*arguments: str) -> tuple[int, str]:
    assert PROMTOOL is not None
    ended = subprocess.run((PROMTOOL, *arguments), cwd=FOLDER, capture_output=True, text=True, check=False)
    return ended.returncode, ended.stdout + ended.stderr


@pytest.mark.slow
@needs_promtool
@pytest.mark.requirement("S33")
@pytest.mark.parametrize(
    "arguments",
    [("check", "config", "prometheus.yml"), ("check", "rules", "rules.yml"), ("test", "rules", "rules_test.yml")],
    ids=" ".join,
)
def test_promtool_is_content(arguments: tuple[str, ...]) -> None:
    status, said = run(*arguments)
    assert (status, "FAILED" in said) == (0, False), said


@pytest.mark.requirement("S33")
def test_every_alert_is_tested_to_speak() -> None:
    tests = yaml.safe_load((FOLDER / "rules_test.yml").read_text(encoding="utf-8"))["tests"]
    cases = [case for test in tests for case in test.get("alert_rule_test", ())]
    spoken = {case["alertname"] for case in cases if case.get("exp_alerts")}
    silent = {case["alertname"] for case in cases if not case.get("exp_alerts")}
    assert (spoken, silent) == (set(alerts()), set(alerts()))
