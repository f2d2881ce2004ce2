"""Settings of telemetry: where bugs (Sentry) and traces (OpenTelemetry, OTLP) are sent. Each needs the extra to be installed."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import metadata
from typing import Annotated, TypeVar
from urllib.parse import unquote

from pydantic import AfterValidator, BaseModel, PlainValidator

from workix.config import values
from workix.config.errors import Fault
from workix.config.fields import setting
from workix.config.secrets import Secret

T = TypeVar("T")
#: A header's name and value. Source: RFC 9110, section 5.
_HEADER = re.compile(r"([!#$%&'*+.^_`|~0-9A-Za-z-]+)=([\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?)")


def otlp_endpoint(text: str) -> str:
    """Accept the base of an OTLP/HTTP receiver; `/v1/traces` comes behind it."""
    parts = values.url_parts(text)
    plain = text.isascii() and text.isprintable() and not set(text) & set(" ?#@")
    if parts.scheme not in ("http", "https") or not parts.hostname or not plain:
        raise ValueError("must be the http:// or https:// address of an OTLP receiver: http://collector:4318")
    return text.rstrip("/")


def otlp_headers(text: str) -> Secret:
    """Accept `name=value`, several separated by commas, values percent-encoded, as OpenTelemetry writes them."""
    if not all(_HEADER.fullmatch(unquote(each.strip())) for each in text.split(",")):
        raise ValueError("must be headers such as authorization=Bearer%20abc, separated by commas")
    return Secret(text)


def ratio(text: str) -> float:
    if not re.fullmatch(r"0|1|[01]?\.[0-9]{1,6}", text) or float(text) > 1:
        raise ValueError("must be a number from 0 to 1, such as 0.05")
    return float(text)


def _needs(distribution: str, name: str) -> Callable[[T], T]:
    """Refuse a setting without what it needs: whoever asks for reports would wait for them in vain."""

    def check(value: T) -> T:
        if not any(metadata.distributions(name=distribution)):
            raise Fault(
                f"{name} needs the telemetry extra, which is not installed: requirements-telemetry.txt,"
                " or an image built with --build-arg TELEMETRY=yes."
            )
        return value

    return check


_EXPORTER = "opentelemetry-exporter-otlp-proto-http"
SentryDSN = Annotated[values.SentryDSN, AfterValidator(_needs("sentry-sdk", "SENTRY_DSN"))]
OtlpEndpoint = Annotated[
    str | None, PlainValidator(otlp_endpoint), AfterValidator(_needs(_EXPORTER, "OTEL_EXPORTER_OTLP_ENDPOINT"))
]
OtlpHeaders = Annotated[Secret | None, PlainValidator(values.from_secret(otlp_headers)), *values.SECRET]
Ratio = Annotated[float, PlainValidator(ratio)]


class TelemetrySettings(BaseModel):
    """Unset, nothing is sent, and no library of the extra is imported."""

    sentry_dsn: SentryDSN = setting(
        "SENTRY_DSN", "Where errors are reported. Unset: nowhere. Needs requirements-telemetry.txt.", None
    )
    otlp_endpoint: OtlpEndpoint = setting(
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        "Where traces are sent (OTLP over HTTP): http://collector:4318. Unset: nowhere. Needs requirements-telemetry.txt.",
        None,
    )
    otlp_headers: OtlpHeaders = setting(
        "OTEL_EXPORTER_OTLP_HEADERS",
        "What the receiver of traces asks to be sent along: authorization=Bearer%20…, separated by commas.",
        None,
    )
    trace_ratio: Ratio = setting(
        "WORKIX_TRACE_RATIO", "The part of all requests that is traced, 0 to 1, whatever a caller asks for.", 0.1
    )

    @property
    def headers_of_traces(self) -> dict[str, str]:
        """Return the headers that the receiver of traces asks for."""
        pairs = (each.partition("=") for each in self.otlp_headers.reveal().split(",")) if self.otlp_headers else ()
        return {name.strip().lower(): unquote(value.strip()) for name, _, value in pairs}
