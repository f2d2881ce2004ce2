"""Recording of spans by OpenTelemetry's SDK, and the OTLP exporter. See Note [What a span may say]."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Thread
from typing import Any

from django.db import connection
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http import Compression
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExportResult
from opentelemetry.trace import (
    Link,
    NoOpTracer,
    Span,
    SpanKind,
    StatusCode,
    Tracer,
    get_current_span,
)
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from workix import __version__
from workix.core.current import Current
from workix.observability.logs.redaction import without_secrets
from workix.observability.tracing.sampling import RatioSampler

logger = logging.getLogger("workix.tracing")

#: Spans that wait to be sent; when there are more, the oldest go. Of these so many are sent at once, so often.
MOST_WAITING, MOST_AT_ONCE, EVERY_MILLISECONDS = 2_048, 512, 2_000
#: The receiver has so long to take what is sent. At the end of a process, it has so long for all that is left.
EXPORT_SECONDS, FLUSH_SECONDS = 5.0, 2.0

_PROPAGATOR = TraceContextTextMapPropagator()
#: What logs each attempt that fails, every few seconds, for as long as a receiver is down: we say it once.
_EXPORTER_LOGGER = "opentelemetry.exporter"


class Tracing:
    """The spans of this process, from start() to stop(). Without it spans are made by nobody, and cost nothing."""

    def __init__(self) -> None:
        self.tracer: Tracer = NoOpTracer()
        self._provider: TracerProvider | None = None

    def start(self, environment: Any, role: str) -> None:
        self.stop()
        logging.getLogger(_EXPORTER_LOGGER).setLevel(logging.CRITICAL)
        exporter = Exporter(
            endpoint=f"{environment.otlp_endpoint}/v1/traces",
            headers=environment.headers_of_traces,
            timeout=EXPORT_SECONDS,
            compression=Compression.Gzip,
        )
        resource = Resource(
            {
                "service.name": f"workix-{role}",
                "service.version": __version__,
                "deployment.environment.name": environment.environment,
            }
        )
        sampler = RatioSampler(environment.trace_ratio)
        self._provider = TracerProvider(sampler=sampler, resource=resource, shutdown_on_exit=False)
        self._provider.add_span_processor(
            BatchSpanProcessor(
                exporter,
                max_queue_size=MOST_WAITING,
                max_export_batch_size=MOST_AT_ONCE,
                schedule_delay_millis=EVERY_MILLISECONDS,
            )
        )
        self.tracer = self._provider.get_tracer("workix", __version__)

    def stop(self) -> None:
        """Send what is left. The library itself would wait for half a minute, so it does so where nobody waits for it."""
        provider, self._provider, self.tracer = self._provider, None, NoOpTracer()
        if provider is not None:
            flushing = Thread(target=provider.shutdown, name="tracing", daemon=True)
            flushing.start()
            flushing.join(FLUSH_SECONDS)
            if flushing.is_alive():
                logger.warning("tracing.not_all_was_sent")


TRACING = Tracing()


class Exporter(OTLPSpanExporter):
    """Sends spans, and says once that the receiver takes none, and once that it does again."""

    _is_down = False

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        result = super().export(spans)
        is_down = result is not SpanExportResult.SUCCESS
        if is_down != self._is_down:
            self._is_down = is_down
            logger.warning("tracing.receiver_is_down" if is_down else "tracing.receiver_is_back")
        return result


@contextmanager
def record_request(given: str) -> Iterator[Span]:
    """Record a request, as part of the caller's trace if `given`, their traceparent, names one."""
    with _recorded("request", SpanKind.SERVER, _PROPAGATOR.extract({"traceparent": given}, Context())) as span:
        yield span


@contextmanager
def record_job(task: str, *, asked_in: str) -> Iterator[None]:
    """Record an attempt at a job, in a trace of its own that has a link to that of whoever asked for it."""
    asked = get_current_span(_PROPAGATOR.extract({"traceparent": asked_in}, Context())).get_span_context()
    links = [Link(asked)] if asked.is_valid else []
    with (
        _recorded(f"job {task}", SpanKind.CONSUMER, Context(), links) as span,
        Current.scoped(trace_id=f"{span.get_span_context().trace_id:032x}"),
    ):
        span.set_attribute("workix.job.task", task)
        describe_context(span, Current.context.request_id, Current.find_organization())
        yield


@contextmanager
def record_call(method: str) -> Iterator[Callable[[int], None]]:
    """Record a request of ours to somebody else's server: not to which, since customers name it."""
    with _recorded(method, SpanKind.CLIENT, None) as span:
        span.set_attribute("http.request.method", method)
        yield lambda status: span.set_attribute("http.response.status_code", status)


def current_traceparent() -> str:
    carrier: dict[str, str] = {}
    _PROPAGATOR.inject(carrier)
    return carrier.get("traceparent", "")


def describe_context(span: Span, request_id: str, organization: Any) -> None:
    """Say which request it was and whose. The id may be the caller's choice, and so one of their secrets."""
    if request_id:
        span.set_attribute("workix.request.id", without_secrets(request_id))
    if organization is not None:
        span.set_attribute("workix.organization.id", str(organization.id))


@contextmanager
def _recorded(name: str, kind: SpanKind, parent: Context | None, links: Sequence[Link] = ()) -> Iterator[Span]:
    """Record the block: how long it took, what it asked of the database, and which type of exception ended it."""
    database: Any = connection  # our own backend, which counts
    began, waited = database.database_statements, database.database_seconds
    with TRACING.tracer.start_as_current_span(
        name, parent, kind, links=links, record_exception=False, set_status_on_exception=False
    ) as span:
        try:
            yield span
        except Exception as error:
            span.set_status(StatusCode.ERROR)
            span.set_attribute("error.type", type(error).__name__)
            raise
        finally:
            if span.is_recording():
                span.set_attribute("workix.database.statements", database.database_statements - began)
                milliseconds = round((database.database_seconds - waited) * 1_000, 1)
                span.set_attribute("workix.database.milliseconds", milliseconds)
