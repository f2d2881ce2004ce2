"""`make mutants`: tries a sample of mutants, says which survive, and fails when too many do."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from queue import SimpleQueue

from tools.mutants.mutant import Mutant
from tools.mutants.sampling import EQUIVALENT, KNOWN, listed, sample
from tools.mutants.subjects import PROJECT, all_mutants
from tools.mutants.trial import Outcome, Verdict, Workshop

FOLDER = PROJECT / "var" / "mutants"


def main() -> None:
    """Serve the Makefile."""
    asked = _parser().parse_args()
    chosen = _chosen(asked)
    if asked.list:
        print(*chosen, sep="\n")
        return
    verdicts = []
    for verdict in _judged(chosen, jobs=min(asked.jobs, len(chosen))):
        verdicts.append(verdict)
        print(f"{verdict.outcome:<9}{verdict.mutant}  {verdict.by}", flush=True)
    share = _summary(verdicts)
    sys.exit(0 if share >= asked.least else f"Less than {asked.least} % were noticed: write tests for the survivors.")


def _chosen(asked: argparse.Namespace) -> list[Mutant]:
    names = listed(KNOWN) if asked.known else asked.only
    if names:
        return [mutant for mutant in all_mutants() if mutant.name in names]
    noticeable = (mutant for mutant in all_mutants() if mutant.name not in listed(EQUIVALENT))
    return sample(noticeable, size=asked.sample, seed=asked.seed)


def _judged(mutants: list[Mutant], *, jobs: int) -> Iterator[Verdict]:
    free: SimpleQueue[Workshop] = SimpleQueue()
    workshops = [Workshop(FOLDER / str(number)) for number in range(jobs)]

    def judge(mutant: Mutant) -> Verdict:
        workshop = free.get()
        try:
            return workshop.judge(mutant)
        finally:
            free.put(workshop)

    with ThreadPoolExecutor(jobs) as pool:
        list(pool.map(Workshop.open, workshops))
        for workshop in workshops:
            free.put(workshop)
        for judged in as_completed([pool.submit(judge, mutant) for mutant in mutants]):
            yield judged.result()


def _summary(verdicts: list[Verdict]) -> float:
    """Print and return the share of valid mutants that were noticed, in percent."""
    valid = [each for each in verdicts if each.outcome is not Outcome.INVALID]
    of_subject = Counter(each.mutant.subject for each in valid)
    noticed = Counter(each.mutant.subject for each in valid if each.outcome is Outcome.NOTICED)
    for subject, count in sorted(of_subject.items()):
        print(f"{subject:<22}{noticed[subject]:>4} of {count}")
    share = 100 * noticed.total() / len(valid) if valid else 100.0
    print(f"{noticed.total()} of {len(valid)} valid mutants were noticed: {share:.0f} %.")
    return share


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.mutants", description=__doc__)
    parser.add_argument("--sample", type=int, default=120, help="how many mutants (120)")
    parser.add_argument("--seed", type=int, default=1, help="another seed, another sample (1)")
    parser.add_argument("--least", type=float, default=92, help="percent that must be noticed (92)")
    parser.add_argument("--jobs", type=int, default=1, help="how many at once, each with a server of its own (1)")
    parser.add_argument("--only", nargs="*", default=(), metavar="NAME", help="these mutants, by their names")
    parser.add_argument("--known", action="store_true", help="those of known.txt, which tests notice soon")
    parser.add_argument("--list", action="store_true", help="print the sample, and try nothing")
    return parser


if __name__ == "__main__":
    main()
