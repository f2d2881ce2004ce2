"""One fault under load: before it, during it, after it; then everything acknowledged is looked for."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass, field
from typing import Any

from benchmarks.chaos.faults.fault import Fault
from benchmarks.chaos.installation import Installation
from benchmarks.chaos.load import Load
from benchmarks.chaos.verification import verify
from benchmarks.processes import BenchmarkError

#: What an act may be answered. 503 says that nothing was done and when to come again.
_ALLOWED = {200, 201, 204, 503}


@dataclass(frozen=True)
class Outcome:
    """What was sent, what was answered, and what was lost or not as promised."""

    name: str
    title: str
    sent: int = 0
    answered: dict[int, int] = field(default_factory=dict)
    unanswered: int = 0
    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    seconds: float = 0.0
    skipped: str = ""

    @property
    def is_good(self) -> bool:
        return not self.lost and not self.broken

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"good": self.is_good}


def try_fault(installation: Installation, fault: Fault) -> Outcome:
    """Cause one fault under load, and judge what came of it."""
    load = Load(installation.ports, installation.who, installation.log_in(), installation.kept, fault.name)
    began, broken = time.monotonic(), []
    with load.going_on():
        try:
            load.await_progress()
            broken += fault.cause(installation, load)
        except BenchmarkError as error:
            broken.append(str(error))
    broken += _broken(fault, load)
    with installation.superuser() as database:
        lost = verify(database, installation.schema, installation.kept)
    return Outcome(
        name=fault.name,
        title=fault.title,
        sent=sum(load.statuses.values()) + load.unanswered,
        answered=dict(sorted(load.statuses.items())),
        unanswered=load.unanswered,
        acknowledged=load.done["add"] + load.done["rename"] + load.done["consume"],
        lost=lost,
        broken=broken,
        seconds=round(time.monotonic() - began, 1),
    )


def _broken(fault: Fault, load: Load) -> list[str]:
    told = [f"{count} x {what}" for what, count in sorted(load.faults.items()) if count]
    told += [f"{count} x status {status}" for status, count in sorted(load.statuses.items()) if status not in _ALLOWED]
    if load.unanswered and not fault.drops:
        told.append(f"{load.unanswered} calls were not answered")
    if fault.refuses and not load.statuses[503]:
        told.append("it was not felt: no call was refused")
    return told
