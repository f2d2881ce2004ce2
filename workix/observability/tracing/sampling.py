"""Sampling of traces: by our own ratio, whatever a caller says or chooses."""

# Note [Whose lot it is]
# OpenTelemetry's own samplers do as the caller's `sampled` flag says, or compare the trace's id with a bound: then whoever
# chooses ids can have every request of theirs traced, or none. Here a lot is drawn for each request. What we ask for
# ourselves (a job, a call to another server) is traced if what asked for it is.

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from opentelemetry.context import Context
from opentelemetry.sdk.trace.sampling import Decision, Sampler, SamplingResult
from opentelemetry.trace import Link, SpanKind, TraceState, get_current_span


class RatioSampler(Sampler):
    """See Note [Whose lot it is]."""

    def __init__(self, ratio: float) -> None:
        self._ratio = ratio
        self._random = random.SystemRandom()  # of its own: a process that was forked draws no other's lots

    def should_sample(  # noqa: PLR0917  # as the library calls it
        self,
        parent_context: Context | None,
        trace_id: int,
        name: str,
        kind: SpanKind | None = None,
        attributes: Any = None,
        links: Sequence[Link] | None = None,
        trace_state: TraceState | None = None,
    ) -> SamplingResult:
        parent = get_current_span(parent_context).get_span_context()
        ours = [parent] if parent.is_valid and not parent.is_remote else [link.context for link in links or ()]
        is_sampled = any(each.trace_flags.sampled for each in ours) if ours else self._draw()
        return SamplingResult(Decision.RECORD_AND_SAMPLE if is_sampled else Decision.DROP, attributes)

    def get_description(self) -> str:
        return f"RatioSampler{{{self._ratio}}}"

    def _draw(self) -> bool:
        return self._random.random() < self._ratio
