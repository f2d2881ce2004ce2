"""What a benchmark says in the end: medians, ratios, a table, a JSON file."""

from __future__ import annotations

import json
import math
import platform
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

CONSOLE = Console()


def percentile(values: Sequence[float], share: float) -> float:
    """Pick the smallest value that `share` of all values do not exceed (nearest rank)."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def pairwise_ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Divide pair by pair and take the median: what both sides of a pair suffered falls out."""
    return median(our / their for our, their in zip(ours, theirs, strict=True))


def progress_bar() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=CONSOLE,
        transient=True,
    )


def write_json(path: Path, title: str, figures: dict[str, Any]) -> None:
    """Keep the figures, with every single sample and the kind of machine they were made on."""
    machine = {"python": platform.python_version(), "system": platform.system(), "cpu": platform.machine()}
    path.write_text(json.dumps({"title": title, "machine": machine, **figures}, indent=2) + "\n")
