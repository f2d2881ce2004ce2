"""Verifies trails against their checkpoints: each entry has its place, and nothing was altered, taken out or put in."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from audit.transparency.offline_verifier import Broken, verify
from audit.transparency.signing import origin_of, public_keys
from tenants.models import Organization
from tenants.trail.export import Line, export_trail
from tenants.trail.publishing import published

Progress = Callable[[Iterable[Line]], Iterable[Line]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found of one organization's trail. `fault` is empty where everything is as it was."""

    organization: str
    fault: str
    counts: dict[str, int]


def verify_trail(
    organization: Organization, *, file: Path | None = None, progress: Progress = lambda lines: lines
) -> Verdict:
    """Verify one trail, and write what was read into `file`, where one is named."""
    origin, log = origin_of(organization.id), settings.WORKIX.checkpoint_log
    lines = progress(export_trail(organization.id))
    try:
        seen = verify(_copied(lines, file), origin, public_keys(), published(origin, log))
    except Broken as fault:
        return Verdict(organization.slug, str(fault), {})
    return Verdict(organization.slug, "", asdict(seen))


def _copied(lines: Iterable[Line], file: Path | None) -> Iterator[dict[str, Any]]:
    """Hand lines on; whatever the verifier makes of them, the file gets all."""
    if file is None:
        yield from lines
        return
    with file.open("w", encoding="utf-8") as copy:
        rest = iter(lines)
        try:
            for line in rest:
                copy.write(json.dumps(line) + "\n")
                yield line
        finally:
            copy.writelines(json.dumps(line) + "\n" for line in rest)
