"""manage.py verify_audit: verifies audit trails against signed checkpoints (Merkle tree), exports one, prints its key."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from audit.transparency.signing import verifier_keys
from tenants.lifecycle import get_organization
from tenants.models import Organization
from tenants.schema.rollout import organizations
from tenants.trail.export import Line, count_leaves
from tenants.trail.verification import Verdict, verify_trail
from workix.core import commands

WIDTH, EVERY = 40, 1_000


class Command(commands.Command):
    help = "Verifies that no entry of an audit trail was altered, taken out, moved or put in since a checkpoint was signed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--organization", metavar="SLUG", help="Only this one; all unless said.")
        parser.add_argument(
            "--export", type=Path, metavar="FILE", help="Write its trail for offline_verifier.py (NDJSON)."
        )
        parser.add_argument("--key", action="store_true", help="Print its verifier keys, and verify nothing.")

    def handle(self, *args: Any, organization: str | None, export: Path | None, key: bool, **options: Any) -> None:
        if (export or key) and not organization:
            raise CommandError(
                "Name the organization whose trail is exported, or whose key is printed: --organization SLUG."
            )
        found = [get_organization(organization)] if organization else organizations()
        if key:
            keys = verifier_keys(found[0].id)
            self.answer(keys, *keys)
            return
        verdicts = [verify_trail(each, file=export, progress=partial(self._shown, each)) for each in found]
        self.answer([_as_json(each) for each in verdicts], *map(_as_line, verdicts))
        if any(each.fault for each in verdicts):
            raise CommandError("A trail is not as it was signed.")

    def _shown(self, organization: Organization, lines: Iterable[Line]) -> Iterable[Line]:
        """Draw a bar where somebody looks at one."""
        return _with_bar(organization, lines, self.stderr) if sys.stderr.isatty() else lines


def _with_bar(organization: Organization, lines: Iterable[Line], screen: Any) -> Iterator[Line]:
    size, seen = max(1, count_leaves(organization.id)), 0
    for line in lines:
        yield line
        seen += "index" in line
        if seen % EVERY == 0 or seen == size:
            done = min(WIDTH, WIDTH * seen // size)
            screen.write(f"\r{organization.slug} [{'#' * done:<{WIDTH}}] {seen:,} of {size:,}", ending="")
    screen.write("")


def _as_json(verdict: Verdict) -> dict[str, Any]:
    return {"organization": verdict.organization, "fault": verdict.fault, **verdict.counts}


def _as_line(verdict: Verdict) -> str:
    if verdict.fault:
        return f"{verdict.organization}: NOT VERIFIED. {verdict.fault}"
    counts = verdict.counts
    return (
        f"{verdict.organization}: verified, {counts['entries']:,} entries under {counts['checkpoints']:,} checkpoints;"
        f" {counts['erased']:,} erased, {counts['waiting']:,} wait for the next checkpoint."
    )
