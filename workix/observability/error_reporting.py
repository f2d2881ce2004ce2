"""Error reporting to Sentry: bugs are reported by one setting, and nothing secret or personal goes with them."""

# Note [What may leave]
# Sentry's own integration for Django sends what it finds of a request: address, query, headers, body, and the variables
# of every frame, a log-in's password among them. We don't use it. Every bug is logged with its traceback (see
# workix.api.problems), and what is logged with a traceback is reported: type, message, frames without variables.
# Which request it was is said by its id, which leads to the line in the log and the entry in the trail. Before it
# leaves, the report goes through the same redaction as a log line.

from __future__ import annotations

from typing import Any, cast

import sentry_sdk
from sentry_sdk.integrations.atexit import AtexitIntegration
from sentry_sdk.integrations.dedupe import DedupeIntegration
from sentry_sdk.integrations.excepthook import ExcepthookIntegration
from sentry_sdk.integrations.logging import LoggingIntegration
from sentry_sdk.integrations.threading import ThreadingIntegration
from sentry_sdk.types import Breadcrumb, BreadcrumbHint, Event, Hint

from workix.core.current import Current
from workix.core.errors import ProblemError
from workix.observability.logs.redaction import without_secrets

TIMEOUT_SECONDS = 2


def report_errors(dsn: str, *, release: str, environment: str) -> None:
    """Report every bug of this process from now on. See Note [What may leave]."""
    sentry_sdk.init(
        dsn=dsn,
        release=release,
        environment=environment,
        include_local_variables=False,
        max_request_body_size="never",  # and send_default_pii is off as long as nobody sets it: 2.75 warns who does
        before_send=only_bugs,
        before_breadcrumb=_clean_breadcrumb,
        max_breadcrumbs=20,
        default_integrations=False,
        auto_enabling_integrations=False,
        integrations=[
            AtexitIntegration(callback=lambda _pending, _timeout: None),
            DedupeIntegration(),
            ExcepthookIntegration(),
            LoggingIntegration(),
            ThreadingIntegration(),
        ],
        auto_session_tracking=False,
        send_client_reports=False,
        shutdown_timeout=TIMEOUT_SECONDS,
    )


def only_bugs(event: Event, hint: Hint) -> Event | None:
    """Let a report pass if it is about a bug, with what belongs to it and without anything secret.

    A refusal is an answer, not a bug; an error that was logged without an exception is news for the log.
    """
    exception = (hint.get("exc_info") or (None, None, None))[1]
    if exception is None or isinstance(exception, ProblemError):
        return None
    for part in ("request", "user", "extra", "server_name"):
        event.pop(part, None)  # type: ignore[misc]  # each may be absent
    kept = cast(Event, without_secrets(event))
    kept["tags"] = {**_tags(), "logger": str(event.get("logger", ""))}
    return kept


def _tags() -> dict[str, str]:
    context = Current.context
    tags = {"request_id": context.request_id} if context.request_id else {}
    if context.trace_id:
        tags["trace_id"] = context.trace_id
    return tags | ({"organization": str(context.organization.id)} if context.organization else {})


def _clean_breadcrumb(crumb: Breadcrumb, hint: BreadcrumbHint) -> Breadcrumb | None:
    """Keep of what happened before only what was said: what went along is in the log."""
    crumb.pop("data", None)
    return cast(dict[str, Any], without_secrets(crumb))
