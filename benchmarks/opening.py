"""Opening an organization, beside `psql -1` with the same DDL and beside stock django-tenants, in the same run."""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from rich.progress import Progress
from rich.table import Table

from benchmarks.contenders import Contender, InProcess, Script
from benchmarks.database import make_database, throwaway_postgres
from benchmarks.figures import CONSOLE, pairwise_ratio, percentile, progress_bar, write_json
from benchmarks.openers import Opener
from benchmarks.processes import BenchmarkError
from benchmarks.sides import stock as stock_side
from benchmarks.sides import workix as workix_side
from devserver.postgres.server import Cluster

TITLE = "Opening an organization, beside psql -1 with the same DDL and beside stock django-tenants"
WARM_UP = 2

Samples = dict[tuple[int, str], list[float]]  # (organizations there, contender) -> milliseconds, one a round


class Populations:
    """Counts the organizations of each database, and fills it up to a number."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._there: dict[str, int] = defaultdict(int)

    def open(self, contender: Contender) -> float:
        """Open one more for `contender`; return milliseconds."""
        self._there[contender.name] += 1
        word = "".join(letter for letter in contender.name if letter.isalpha())
        return contender.open(f"{word}-{self._there[contender.name]:05d}") * 1000

    def fill(self, contender: Contender, number: int) -> None:
        missing = max(0, number - self._there[contender.name])
        for _ in self._bar.track(range(missing), description=f"{contender.name}: filling up to {number}"):
            self.open(contender)


def main() -> None:
    options = _options()
    try:
        with throwaway_postgres() as (cluster, scratch), ExitStack() as openers, progress_bar() as bar:
            contenders = _contenders(options.only, cluster, scratch, openers)
            samples = measure(contenders, Populations(bar), bar, options)
    except BenchmarkError as error:
        raise SystemExit(str(error)) from None
    CONSOLE.print(table(samples, options))
    if options.json:
        write_json(options.json, TITLE, figures(samples, options))


def measure(
    contenders: Sequence[Contender], populations: Populations, bar: Progress, options: argparse.Namespace
) -> Samples:
    """Fill up to each number of organizations, then let the contenders take turns."""
    samples: Samples = defaultdict(list)
    for number in sorted(options.existing):
        for contender in contenders:
            if contender.name != Script.name:  # its organizations are in Workix' database
                populations.fill(contender, number - WARM_UP)
        for _ in range(WARM_UP):
            for contender in contenders:
                populations.open(contender)
        for _ in bar.track(range(options.rounds), description=f"rounds with {number} there"):
            for contender in contenders:
                samples[number, contender.name].append(populations.open(contender))
    return samples


def figures(samples: Samples, options: argparse.Namespace) -> dict[str, object]:
    results = [
        {
            "existing": number,
            "contender": name,
            "median_ms": median(values),
            "p95_ms": percentile(values, 0.95),
            "workix_to_this": _ratio(samples, number, name),
            "samples_ms": values,
        }
        for (number, name), values in samples.items()
    ]
    return {"rounds": options.rounds, "openings": results}


def table(samples: Samples, options: argparse.Namespace) -> Table:
    made = Table(title=TITLE, caption=f"{options.rounds} rounds in turns; the password's hash was made before")
    made.add_column("contender")
    for column in ("organizations there", "median, ms", "p95, ms", "workix / this"):
        made.add_column(column, justify="right")
    for (number, name), values in samples.items():
        ratio = _ratio(samples, number, name)
        numbers = (f"{median(values):,.0f}", f"{percentile(values, 0.95):,.0f}")
        made.add_row(name, str(number), *numbers, "-" if ratio is None else f"{ratio:.3f}")
    return made


def _contenders(only: str | None, cluster: Cluster, scratch: Path, openers: ExitStack) -> list[Contender]:
    contenders: list[Contender] = []
    if only in (None, "workix"):
        workix = workix_side.Workix(cluster.owner, cluster.superuser, scratch)
        workix.set_up()
        opener = openers.enter_context(Opener(workix_side.OPENING, workix.settings, workix.log))
        contenders += [InProcess("workix", "open_workix", opener), Script(cluster.owner, opener, scratch)]
    if only in (None, "stock"):
        stock = stock_side.Stock(make_database(cluster, "stock"), scratch)
        stock.set_up()
        opener = openers.enter_context(Opener(stock_side.OPENING, stock.settings, stock.log))
        contenders.append(InProcess("stock", "open_stock", opener))
    return contenders


def _ratio(samples: Samples, number: int, name: str) -> float | None:
    ours = samples.get((number, "workix"))
    return pairwise_ratio(ours, samples[number, name]) if ours and name != "workix" else None


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.opening", description=TITLE)
    parser.add_argument("--existing", type=int, nargs="+", default=[10, 200], metavar="N", help="organizations there")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--only", choices=("workix", "stock"), help="workix (with psql) or stock alone")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures there")
    return parser.parse_args()


if __name__ == "__main__":
    main()
