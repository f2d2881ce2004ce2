"""Evidence pack of a compliance report (ZIP): report.html to read and print, report.json for machines, report.sig over both."""

# Note [The signature of a report]
# `report.sig` is a signed note (C2SP, Ed25519), as erasure certificates are: an origin of its own that names the organization,
# the newest checkpoint of its trail at that moment (size and root), then a line with the SHA-256 of each of the other two files.
# So no report passes for that of another organization, and nothing in the trail that it speaks of can be exchanged later.
# privacy/compliance/report_verifier.py checks it with the standard library and `cryptography`.

from __future__ import annotations

import io
from base64 import b64encode
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile

from django.template.loader import render_to_string

from audit.merkle import EMPTY
from audit.transparency.proofs import newest_checkpoint
from audit.transparency.signing import sign_note
from privacy.compliance.control import Value
from privacy.compliance.report import as_canonical_json
from privacy.compliance.report_verifier import HTML, JSON, SIGNATURE, origin_of

STYLES = Path(__file__).parent / "report.css"


def pack(report: dict[str, Any]) -> bytes:
    """Write a report and its signature. See Note [The signature of a report]."""
    files = {HTML: as_html(report).encode(), JSON: as_canonical_json(report)}
    files[SIGNATURE] = _sign(UUID(report["organization"]["id"]), files).encode()
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def as_html(report: dict[str, Any]) -> str:
    """Write the page: it loads nothing, runs nothing, and has styles for a screen and for A4."""
    styles = STYLES.read_text(encoding="utf-8")
    by_area: dict[str, list[Any]] = {}
    for line in report["controls"]:
        facts = [(name.replace("_", " "), _shown(value)) for name, value in line["facts"].items()]
        by_area.setdefault(line["area"], []).append({**line, "facts": facts, "table": _shown_table(line["table"])})
    told = {
        "report": report,
        "begin": _day(report["period"]["from"]),
        "end": _day(report["period"]["to"]),
        "made": _day(report["made_at"]),
        "areas": by_area.items(),
        "summary": [(status, status.replace(" ", "-"), count) for status, count in report["summary"].items()],
        "styles": styles,
        "digest": b64encode(sha256(styles.encode()).digest()).decode(),
    }
    return render_to_string("privacy/compliance_report.html", told)


def _day(moment: str) -> str:
    return f"{datetime.fromisoformat(moment):%d %b %Y, %H:%M} UTC"


def _shown_table(table: dict[str, Any] | None) -> dict[str, Any] | None:
    return table and {**table, "rows": [[_shown(cell) for cell in row] for row in table["rows"]]}


def _shown(value: Value) -> str:
    """Write a value for people."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,}" if isinstance(value, int) else value


def _sign(organization_id: UUID, files: dict[str, bytes]) -> str:
    newest = newest_checkpoint()
    size, root = (newest.size, bytes(newest.root)) if newest else (0, EMPTY)
    lines = (f"sha256 {name} {sha256(content).hexdigest()}" for name, content in sorted(files.items()))
    return sign_note(origin_of(str(organization_id)), *lines, size=size, root=root)
