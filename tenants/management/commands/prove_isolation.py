"""manage.py prove_isolation: attacks one throw-away organization from another, and says what came of it."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from tenants.isolation.evidence.proofs import AnotherRuns
from tenants.isolation.hardening import CLOSED, OPEN
from tenants.isolation_tests.attack import CRITICAL, Aim, Technique
from tenants.isolation_tests.fixtures import Opening
from tenants.isolation_tests.nightly import ANOTHER_RUNS
from tenants.isolation_tests.report import as_json
from tenants.isolation_tests.runner import BESIDE_CUSTOMERS, TECHNIQUES, Attempt, Proof, Way, prove
from tenants.provisioning import open_organization

WIDTH_OF_FILES = 160
_OPENING: Opening = open_organization


class Command(BaseCommand):
    help = (
        "Tries every way we know out of one organization, between two that it opens and removes. "
        "Exit status 1: somebody's rows were read or altered, or rights were gained; 3: another proof runs."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="Answer in JSON, with every attempt.")
        parser.add_argument(
            "--availability",
            action="store_true",
            help="Try to hurt others' service, too, by the whole server's memory, connections and disk: not beside customers.",
        )
        parser.add_argument("--verbose", action="store_true", help="Show what each attempt sent, and got.")

    def handle(self, *args: Any, **options: Any) -> None:
        techniques = TECHNIQUES if options["availability"] else BESIDE_CUSTOMERS
        try:
            with _ended_gently(), _shown(hidden=options["json"], total=len(techniques)) as on_each:
                proof = prove(_OPENING, techniques=techniques, on_each=on_each)
        except AnotherRuns as error:
            raise CommandError(str(error), returncode=ANOTHER_RUNS) from None
        if options["json"]:
            self.stdout.write(json.dumps(as_json(proof), indent=2))
        else:
            width = None if self.stdout.isatty() else WIDTH_OF_FILES
            console = Console(file=self.stdout, width=width, soft_wrap=True)  # type: ignore[arg-type]  # it writes like a file
            _tell(console, proof, verbose=options["verbose"])
        if not proof.holds:
            raise SystemExit(1)


@contextmanager
def _ended_gently() -> Iterator[None]:
    """Have SIGTERM end the block as Ctrl-C does, so that the two organizations are removed."""

    def leave(number: int, frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _shown(*, hidden: bool, total: int) -> Iterator[Callable[[Technique], None]]:
    """Show a bar on a terminal, and move it on with each technique."""
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=Console(stderr=True),
        transient=True,
        disable=hidden or not sys.stderr.isatty(),
    )
    with bar:
        task = bar.add_task("Opening two organizations", total=total)
        yield lambda technique: bar.update(task, advance=1, description=technique.name)


def _tell(console: Console, proof: Proof, *, verbose: bool) -> None:
    if verbose:
        for attempt in proof.attempts:
            _tell_attempt(console, attempt)
    console.print(_matrix(proof))
    console.print(CLOSED if proof.hardened else OPEN, highlight=False)
    _tell_successes(
        console, "Known, and why it can't be closed:", [a for a in proof.attempts if a.succeeded and a.excuse]
    )
    _tell_successes(console, "NOT CLOSED:", [a for a in proof.attempts if a.succeeded and not a.excuse])
    verdict = "Isolation holds." if proof.holds else "ISOLATION IS BROKEN."
    console.print(verdict, style="bold green" if proof.holds else "bold red")


def _matrix(proof: Proof) -> Table:
    table = Table(title=f"Attacks on PostgreSQL {proof.version // 10_000}.{proof.version % 10_000}: successes / tried")
    table.add_column("class")
    for way in Way:
        table.add_column(way.value, justify="right")
        table.add_column("known", justify="right", style="dim")
    for aim in Aim:
        counts = [proof.count(aim, way) for way in Way]
        failed = aim in CRITICAL and any(succeeded for succeeded, _, _ in counts)
        cells = [cell for done, known, tried in counts for cell in (f"{done} / {tried}", str(known))]
        table.add_row(aim.label, *cells, style="bold red" if failed else None)
    return table


def _tell_successes(console: Console, title: str, attempts: list[Attempt]) -> None:
    """List techniques by what excuses them, each once with the ways it went."""
    if not attempts:
        return
    console.print(f"\n{title}", style="bold")
    for excuse in dict.fromkeys(attempt.excuse for attempt in attempts):
        if excuse:
            console.print(f"  {excuse}:", style="dim", highlight=False, markup=False)
        ways: dict[Technique, list[str]] = {}
        for attempt in attempts:
            if attempt.excuse == excuse:
                ways.setdefault(attempt.technique, []).append(attempt.way.value)
        for technique, went in ways.items():
            line = f"    - {technique.aim.value}: {technique.name} ({', '.join(went)})"
            console.print(line, highlight=False, markup=False)


def _tell_attempt(console: Console, attempt: Attempt) -> None:
    outcome = "SUCCEEDED" if attempt.succeeded else "refused"
    lines = [f"{attempt.technique.aim.value}: {attempt.technique.name} ({attempt.way.value}): {outcome}"]
    lines += [f"    > {statement}" for statement in attempt.statements]
    lines += [f"    < {' '.join(said.split())[:300]}" for said in attempt.said]
    console.print("\n".join(lines), highlight=False, markup=False)
