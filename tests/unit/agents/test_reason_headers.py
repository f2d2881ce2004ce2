"""Workix-Reason and Workix-Trace as they are read: in any script, in one line, and nothing that is kept and should not be."""

from __future__ import annotations

import pytest

from agents.runs.headers import read_reason, read_trace
from workix.core.errors import Invalid

pytestmark = pytest.mark.requirement("N6")


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ("Left the company", "Left the company"),
        ("  Left the company, 100% sure  ", "Left the company, 100% sure"),
        ("UTF-8''Gel%C3%B6scht%2C%20weil%20alt", "Gelöscht, weil alt"),
        ("utf-8''" + "%E5%9B%A0" * 500, "因" * 500),
        ("Left, UTF-8''%41 company", "Left, UTF-8''%41 company"),
    ],
)
def test_a_reason_is_what_was_meant(header: str, reason: str) -> None:
    assert read_reason(header) == reason


@pytest.mark.parametrize(
    "header",
    [
        "",
        "too short",
        "          ",
        "..........!",
        "x" * 501,
        "x" * 100_000,
        "UTF-8''" + "%C3%B6" * 501,
        "Gelöscht, weil er gegangen ist",  # neither ASCII nor encoded
        "Gel\udcf6scht, weil alt",
        "UTF-8''Gel%F6scht, weil alt",  # Latin-1
        "UTF-8''two lines%0D%0Aentry=forged",
        "UTF-8''two lines%0Aentry=forged",
        "UTF-8''two lines%E2%80%A8entry=forged",  # U+2028
        "UTF-8''a NUL%00 in the middle",
        "UTF-8''read backwards%E2%80%AE.drawkcab",  # U+202E
        "UTF-8''read apart%E2%81%A6.apart",  # U+2066
        "Because of Bearer 0123456789abcdef",
        "Because of password=opensesame",
    ],
)
def test_what_is_no_reason_is_refused(header: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_reason(header)
    assert refused.value.field == "Workix-Reason"


@pytest.mark.parametrize(
    ("header", "names"),
    [("run-1", ("run-1", "")), ("a.b_c-4/step.7", ("a.b_c-4", "step.7")), ("9" * 64, ("9" * 64, ""))],
)
def test_a_trace_is_a_run_or_a_run_and_a_step(header: str, names: tuple[str, str]) -> None:
    assert read_trace(header) == names


@pytest.mark.parametrize(
    "header",
    [
        "",
        "/",
        "run/",
        "/step",
        "a/b/c",
        "x" * 65,
        "..",
        "-1",
        "=1+1",
        "a b",
        "a,b",
        "run\n",
        "rün",
        "<b>",
        "a\x00b",
        "٣",
    ],
)
def test_what_is_no_trace_is_refused(header: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_trace(header)
    assert refused.value.field == "Workix-Trace"
