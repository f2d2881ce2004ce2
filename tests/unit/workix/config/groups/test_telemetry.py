"""workix.config.groups.telemetry: where reports may go, and that a setting without its library stops the start."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.unit.workix.config.environs import PRODUCTION, faults
from workix.config.environment import read

pytestmark = pytest.mark.requirement("S31")

ENDPOINT, HEADERS, RATIO = "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_HEADERS", "WORKIX_TRACE_RATIO"
EXTRA = (
    "needs the telemetry extra, which is not installed: requirements-telemetry.txt,"
    " or an image built with --build-arg TELEMETRY=yes."
)


def test_what_was_set_is_read(tmp_path: Path) -> None:
    given = {
        ENDPOINT: "https://traces.example:4318/otlp/",
        HEADERS: "Authorization=Bearer%20a=b, X-Team=ops",
        RATIO: ".5",
    }
    environment = read({**PRODUCTION, **given}, base=tmp_path)
    assert (environment.otlp_endpoint, environment.trace_ratio, environment.headers_of_traces) == (
        "https://traces.example:4318/otlp",
        0.5,
        {"authorization": "Bearer a=b", "x-team": "ops"},
    )


@pytest.mark.parametrize(
    "endpoint",
    [
        "collector:4318",
        "grpc://collector:4317",
        "https://user:hunter2@traces.example",
        "https://token@traces.example",
        "https://traces.example/?api_key=hunter2",
        "https://traces.example/#",
        "https://traces.example/\n",
        "http://",
    ],
)
def test_an_endpoint_holds_no_secret(endpoint: str, tmp_path: Path) -> None:
    (fault,) = faults({ENDPOINT: endpoint}, tmp_path)
    assert fault.startswith(
        f"{ENDPOINT} must be the http:// or https:// address of an OTLP receiver: http://collector:4318, not "
    )


@pytest.mark.parametrize("headers", ["hunter2", "a=b,", "a b=c", "a=", "a=b%0d%0aEvil: c", "ä=b", "a=b\x00"])
def test_headers_are_ones_that_can_be_sent_and_are_not_repeated(headers: str, tmp_path: Path) -> None:
    assert faults({HEADERS: headers}, tmp_path) == (
        f"{HEADERS} must be headers such as authorization=Bearer%20abc, separated by commas.",
    )


@pytest.mark.parametrize("ratio", ["-1", "1.1", "2", "nan", "1e-3", "10 %", "٠"])
def test_a_ratio_is_from_0_to_1(ratio: str, tmp_path: Path) -> None:
    assert faults({RATIO: ratio}, tmp_path) == (f"{RATIO} must be a number from 0 to 1, such as 0.05, not {ratio!r}.",)


def test_what_is_not_installed_is_told_before_anything_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [])  # where installed packages are looked for
    environ = {ENDPOINT: "http://collector:4318", "SENTRY_DSN": "https://key@sentry.example/1"}
    assert faults(environ, tmp_path) == (f"SENTRY_DSN {EXTRA}", f"{ENDPOINT} {EXTRA}")
    assert read({}, base=tmp_path).otlp_endpoint is None
