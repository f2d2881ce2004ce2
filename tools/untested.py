"""Refuses untested files: `python -m tools.untested` reads what `make coverage` measured, file by file."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from coverage import Coverage

#: Percent of a file's branches and lines that some test has to run. What the project as a whole needs, setup.cfg says.
LEAST = 70


def too_little_run(report: dict[str, Any]) -> list[str]:
    """Name the files of a JSON report of coverage that tests hardly run."""
    summaries = {file: each["summary"] for file, each in report["files"].items() if each["summary"]["num_statements"]}
    return [
        f"{file}: {summary['percent_covered']:.0f} %"
        for file, summary in sorted(summaries.items())
        if summary["percent_covered"] < LEAST
    ]


def read_report() -> dict[str, Any]:
    """Return the JSON report of the last run."""
    coverage = Coverage()
    coverage.load()
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "report.json"
        coverage.json_report(outfile=str(page))
        report: dict[str, Any] = json.loads(page.read_text(encoding="utf-8"))
        return report


if __name__ == "__main__":
    found = too_little_run(read_report())
    if found:
        listed = "".join(f"\n  {each}" for each in found)
        sys.exit(
            f"Rule: every file is tested: at least {LEAST} % of it ran.{listed}\n"
            "Mend: write tests/unit/<app>/test_<module>.py, in a feature app tests/test_<module>.py, or delete what nobody needs."
        )
