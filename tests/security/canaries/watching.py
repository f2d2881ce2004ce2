"""What is watched for canaries: everything that is logged, raw and as the product writes it."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from tests.security.canaries.canaries import CANARIES, Canary
from workix.observability.logging import AccessFormatter, EventFormatter


@dataclass
class Log:
    """What was logged: raw, as it would be without redaction, and as the product writes it."""

    raw: io.StringIO = field(default_factory=io.StringIO)
    written: io.StringIO = field(default_factory=io.StringIO)


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Iterator[Log]:
    """Log all there is, as JSON and for a terminal."""
    for name in ("", "procrastinate"):
        caplog.set_level(logging.DEBUG, name)
    found = Log()
    of_events = [(found.raw, None), (found.written, EventFormatter()), (found.written, EventFormatter(pretty=True))]
    of_requests = [(found.written, AccessFormatter()), (found.written, EventFormatter(pretty=True))]
    added_to = {logging.getLogger(): of_events, logging.getLogger("workix.access"): of_requests}
    added = [(logger, _handler(*each)) for logger, handlers in added_to.items() for each in handlers]
    for logger, handler in added:
        logger.addHandler(handler)
    yield found
    for logger, handler in added:
        logger.removeHandler(handler)


def _handler(stream: io.StringIO, formatter: logging.Formatter | None) -> logging.Handler:
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter or logging.Formatter("%(message)s"))
    return handler


def leaks(texts: dict[str, str], canaries: list[Canary] = CANARIES) -> list[tuple[str, Canary, str]]:
    """Name where a canary is, with what is around it."""
    return [
        (place, canary, text[max(0, at - 120) : at + 20])
        for place, text in texts.items()
        for canary in canaries
        if (at := text.find(canary.core)) >= 0
    ]
