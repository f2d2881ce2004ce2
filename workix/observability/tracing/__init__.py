"""Tracing (OpenTelemetry): spans of requests, jobs and calls to others' servers, sent by OTLP. Off unless an endpoint is set."""

# Note [What a span may say]
# OpenTelemetry's own instrumentation for Django, psycopg and requests sends what it finds: addresses with their query, raw
# paths, statements, headers where told to, and exceptions with their traceback and message. We use none of it. A span says the
# method, the route's template, the status, ids of organization and request, how many statements were asked and how long they
# took, and of an exception its type. There is no event, no address, no header, no text of a statement, nobody's name.
#
# From a caller a trace's id is taken (W3C Trace Context, traceparent), so that their trace and ours can be put together; nothing
# else is believed: neither tracestate nor whether to sample, and an id of their choice sways no lot. See RatioSampler. To
# others' servers nothing is sent along: a webhook's receiver has no business with our traces.
#
# Until an endpoint is set no module of OpenTelemetry is imported: what does is in workix.observability.tracing.recording.

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from django.conf import settings


def is_on() -> bool:
    """Say whether this platform sends traces."""
    return settings.WORKIX.otlp_endpoint is not None


def start(role: str) -> None:
    """Begin to record and to send, in this process: after a fork, since the thread that sends would stay behind.

    `role` is web or worker.
    """
    if is_on():
        from workix.observability.tracing.recording import TRACING  # noqa: PLC0415  # See Note [What a span may say]

        TRACING.start(settings.WORKIX, role)


def stop() -> None:
    """Send what is left, for two seconds at most, and record no more."""
    if is_on():
        from workix.observability.tracing.recording import TRACING  # noqa: PLC0415  # See Note [What a span may say]

        TRACING.stop()


def job_span(task: str, *, asked_in: str) -> AbstractContextManager[None]:
    """Record an attempt at a job. `asked_in` is the traceparent() of whoever asked for it, or nothing."""
    if not is_on():
        return nullcontext()
    from workix.observability.tracing.recording import record_job  # noqa: PLC0415  # See Note [What a span may say]

    return record_job(task, asked_in=asked_in)


def outgoing_span(method: str) -> AbstractContextManager[Callable[[int], None]]:
    """Record a request to somebody else's server; what the block is given is told the status of the answer."""
    if not is_on():
        return nullcontext(_nobody)
    from workix.observability.tracing.recording import record_call  # noqa: PLC0415  # See Note [What a span may say]

    return record_call(method)


def traceparent() -> str:
    """Return what a job keeps, to be linked to the current span; nothing where there is none."""
    if not is_on():
        return ""
    from workix.observability.tracing.recording import current_traceparent  # noqa: PLC0415  # See Note [What a span may say]

    return current_traceparent()


def current_trace_id() -> str:
    """Return the id of the current trace, 32 hexadecimal digits, whether it is sent or not; nothing where there is none."""
    return traceparent()[3:35]


def _nobody(status: int) -> None:
    """Tell nobody."""
