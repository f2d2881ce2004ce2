"""Log files hold every line; the terminal shows warnings, errors, and what is no log line."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from honcho.printer import Message

from devserver.process_logs import LogPrinter, for_developers
from devserver.terminal import Terminal

INFO = '{"event": "request", "level": "info", "status": 200}'
WARNING = '{"event": "metrics.port_unusable", "level": "warning", "logger": "workix.metrics", "bind": "127.0.0.1:9464"}'
ERROR = (
    '{"event": "Internal Server Error: /", "level": "error", "exception": "Traceback:\\nKeyError: 1", "status": 500}'
)


def line(name: str, text: str) -> Message:
    return Message("line", f"{text}\n".encode(), datetime.now(UTC), name, None)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (INFO, None),
        ("", None),
        (WARNING, "warning: metrics.port_unusable bind=127.0.0.1:9464"),
        (ERROR, "error: Internal Server Error: / status=500\nTraceback:\nKeyError: 1"),
        ("Traceback (most recent call last):", "Traceback (most recent call last):"),
        ("42", "42"),
    ],
)
def test_what_a_developer_sees_of_a_line(text: str, shown: str | None) -> None:
    assert for_developers(text) == shown


def test_every_line_is_in_the_file_of_its_process(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printer = LogPrinter(tmp_path / "log", Terminal())
    for message in (line("web", INFO), line("web", WARNING), line("worker", "\x1b[31mred"), line("system", "started")):
        printer.write(message)
    assert {file.name: file.read_text() for file in (tmp_path / "log").iterdir()} == {
        "web.log": f"{INFO}\n{WARNING}\n",
        "worker.log": "\x1b[31mred\n",
    }
    assert capsys.readouterr().out == (
        "web: warning: metrics.port_unusable bind=127.0.0.1:9464\nworker: \N{REPLACEMENT CHARACTER}[31mred\n"
    )


def test_the_log_of_the_run_before_is_kept(tmp_path: Path) -> None:
    for _ in range(2):
        LogPrinter(tmp_path, Terminal()).write(line("web", INFO))
    assert {file.name: file.read_text() for file in tmp_path.iterdir()} == {
        "web.log": f"{INFO}\n",
        "web.log.1": f"{INFO}\n",
    }
