"""How much a Prometheus series grows while a test does something."""

from __future__ import annotations

from prometheus_client import REGISTRY


def value(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, labels) or 0.0


class Change:
    """How much a series grew inside the block."""

    def __init__(self, name: str, **labels: str) -> None:
        self.name, self.labels, self.by = name, labels, 0.0

    def __enter__(self) -> Change:
        self._before = value(self.name, **self.labels)
        return self

    def __exit__(self, *exc: object) -> None:
        self.by = value(self.name, **self.labels) - self._before
