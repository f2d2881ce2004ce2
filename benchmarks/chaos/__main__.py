"""Faults under load (chaos): a table of what was sent, answered and lost; exits 1 where a promise was broken."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.chaos.faults import FAULTS, Fault
from benchmarks.chaos.installation import Installation, installation, missing
from benchmarks.chaos.mails import missing_mails
from benchmarks.chaos.trial import Outcome, try_fault
from benchmarks.figures import write_json
from benchmarks.processes import BenchmarkError, python, run

TITLE = "Faults under load"


def main() -> None:
    options = _options()
    chosen = [fault for fault in FAULTS if not options.only or fault.name in options.only]
    outcomes: list[Outcome] = []
    try:
        with installation() as installed:
            outcomes += _try_each(installed, chosen)
            outcomes.append(_in_the_end(installed))
    except BenchmarkError as error:
        outcomes.append(Outcome("harness", "It can't go on", broken=[str(error)]))
    print(*_table(outcomes), sep="\n")
    if options.json:
        write_json(options.json, TITLE, {"faults": [each.as_json() for each in outcomes]})
    for each in outcomes:
        for fault in (*each.lost, *each.broken):
            print(f"{each.name}: {fault}", file=sys.stderr)
    sys.exit(not all(each.is_good for each in outcomes))


def _try_each(installed: Installation, chosen: Iterable[Fault]) -> Iterator[Outcome]:
    faked = False
    for fault in chosen:
        lacks = missing(installed, fault.needs)
        if lacks:
            yield Outcome(fault.name, fault.title, skipped=lacks)
            continue
        if faked != (fault.needs == "clock"):
            faked = not faked
            installed.stop_webs()
            installed.start_webs(faked)
        if fault.repeats:
            installed.may_repeat.add(fault.name)
        outcome = try_fault(installed, fault)
        judged = "as promised" if outcome.is_good else f"NOT as promised: {'; '.join((*outcome.lost, *outcome.broken))}"
        print(f"{fault.title}: {judged} ({outcome.seconds:.0f} s)", flush=True)
        yield outcome


def _in_the_end(installed: Installation) -> Outcome:
    """Every mail came, and every trail is as its checkpoints were signed."""
    lost = missing_mails(installed)
    broken = []
    try:
        run(python("manage.py", "verify_audit"), installed.settings())
        run(python("manage.py", "check_isolation"), installed.settings())
    except BenchmarkError as error:
        broken.append(str(error))
    mails = sum(installed.mails_to.values())
    return Outcome("end", f"In the end: {mails} mails, the trail, the isolation", lost=lost, broken=broken)


def _table(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """Write what was found as a table in Markdown, as docs/reliability.md has it."""
    yield "| fault | sent | 2xx | 503 | no answer | acknowledged | lost | broken |"
    yield "|---|---|---|---|---|---|---|---|"
    for each in outcomes:
        title = f"{each.title} (skipped: {each.skipped})" if each.skipped else each.title
        good = sum(count for status, count in each.answered.items() if status < 300)
        counts = (each.sent, good, each.answered.get(503, 0), each.unanswered, each.acknowledged)
        judged = (str(len(found)) if found else "nothing" for found in (each.lost, each.broken))
        yield f"| {' | '.join((title, *map(str, counts), *judged))} |"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", choices=[fault.name for fault in FAULTS], help="These faults alone.")
    parser.add_argument("--json", type=Path, help="Write what was found to this file, too.")
    return parser.parse_args()


if __name__ == "__main__":
    main()
