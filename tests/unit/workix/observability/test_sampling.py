"""Which requests are traced: our ratio decides, and no caller's flag or choice of an id."""

from __future__ import annotations

import pytest
from opentelemetry.context import Context
from opentelemetry.trace import (
    Link,
    NonRecordingSpan,
    SpanContext,
    TraceFlags,
    set_span_in_context,
)

from workix.observability.tracing.sampling import RatioSampler

pytestmark = pytest.mark.requirement("S31")


def context(*, sampled: bool, is_remote: bool) -> SpanContext:
    return SpanContext(1, 2, is_remote, TraceFlags(sampled))


def within(parent: SpanContext) -> Context:
    return set_span_in_context(NonRecordingSpan(parent), Context())


@pytest.mark.parametrize("trace_id", [1, 2**128 - 1])
@pytest.mark.parametrize("sampled", [True, False])
def test_neither_a_caller_s_flag_nor_their_id_sways_the_lot(sampled: bool, trace_id: int) -> None:
    parent = within(context(sampled=sampled, is_remote=True))
    asked = [
        RatioSampler(ratio).should_sample(parent, trace_id, "request").decision.is_sampled() for ratio in (0.0, 1.0)
    ]
    assert asked == [False, True]


def test_the_lot_is_drawn_as_often_as_the_ratio_says() -> None:
    sampler = RatioSampler(0.25)
    drawn = sum(sampler.should_sample(Context(), 1, "request").decision.is_sampled() for _ in range(4_000))
    assert 800 < drawn < 1_200


@pytest.mark.parametrize("sampled", [True, False])
def test_what_a_request_asks_for_is_traced_if_it_is(sampled: bool) -> None:
    against = RatioSampler(0.0 if sampled else 1.0)
    inside = against.should_sample(within(context(sampled=sampled, is_remote=False)), 1, "call")
    linked = against.should_sample(Context(), 3, "job", links=[Link(context(sampled=sampled, is_remote=True))])
    assert (inside.decision.is_sampled(), linked.decision.is_sampled()) == (sampled, sampled)
