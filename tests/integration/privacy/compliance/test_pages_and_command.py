"""Compliance reports in the dashboard and by manage.py compliance_report; an erasure takes them with it."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from audit.transparency.signing import verifier_keys
from privacy.compliance import report_verifier
from tests.acts import rows
from tests.browsers import browser_of
from tests.cast import Cast
from tests.integration.privacy.erased import erase_now
from tests.integration.privacy.reported import give_report, verified

PAGE = "/admin/privacy/compliancereport/"
TAKE = "/admin/compliance-reports/archive/"


def test_an_admin_asks_for_a_report_with_a_button_and_takes_it(acme: Cast, run_jobs: Callable[[], None]) -> None:
    alice = browser_of(acme, "alice")
    assert (
        "It begins before it ends." in alice.post(f"{PAGE}add/", begin="2026-03-01T00:00", end="2026-02-01T00:00").text
    )
    assert alice.post(f"{PAGE}add/", begin="", end="").status == 302
    ((report,),) = rows("SELECT id::text FROM compliance_reports", acme)
    assert "It is being built." in alice.get(f"{PAGE}{report}/change/").text
    assert alice.post(TAKE, report=report).goes_to == PAGE
    run_jobs()
    assert f"{TAKE}?report={report}" in alice.get(f"{PAGE}{report}/change/").text
    assert "Take the report" in alice.get(f"{TAKE}?report={report}").text
    assert alice.post(TAKE, report=report).headers["Content-Type"] == "application/zip"


def test_others_come_to_none_of_these_pages(acme: Cast, globex: Cast) -> None:
    report = give_report(acme)
    vera, gina = browser_of(acme, "vera"), browser_of(globex, "gina")
    asked = [
        vera.get(path).status for path in (PAGE, f"{PAGE}add/", f"{PAGE}{report}/change/", f"{TAKE}?report={report}")
    ]
    assert asked == [403] * 4
    assert gina.get(f"{TAKE}?report={report}").status == 404


def test_an_operator_writes_it_to_a_file_that_is_theirs_alone(
    acme: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told, file = io.StringIO(), tmp_path / "report.zip"
    with pytest.raises(SystemExit, match="1"):  # no second factor, no key of its own: some line is not met
        call_command("compliance_report", "acme", "--json", "--output", str(file), "--reason", "SOC 2", stdout=told)
    assert verified(acme, file.read_bytes())["summary"] == json.loads(told.getvalue())["summary"]
    (key,) = verifier_keys(acme.organization.id)
    monkeypatch.setattr("sys.argv", ["report_verifier.py", str(file), "--key", key])
    report_verifier.main()
    assert capsys.readouterr().out.startswith("Verified: the report of 20")
    monkeypatch.setattr("sys.argv", ["report_verifier.py", str(file), "--key", "none"])
    with pytest.raises(SystemExit, match="NOT VERIFIED"):
        report_verifier.main()
    assert file.stat().st_mode & 0o777 == 0o600
    entry = "SELECT reason, actor_type FROM audit_logs WHERE action = 'compliance_report.taken'"
    assert rows(entry, acme) == [("SOC 2", "system")]
    for wrong in (
        ["--output", str(file)],
        ["--from", "yesterday"],
        ["--from", "2026-02-01", "--to", "2026-01-01"],
        ["--reason", ""],
    ):
        with pytest.raises(CommandError):
            call_command("compliance_report", "acme", *wrong, stdout=io.StringIO())


def test_an_erasure_takes_every_report_since_each_names_everybody(acme: Cast) -> None:
    give_report(acme)
    erase_now(acme)
    assert rows("SELECT count(*) FROM compliance_reports", acme) == [(0,)]
