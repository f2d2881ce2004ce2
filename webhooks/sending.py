"""Sending one message: a signed POST to an endpoint, and what its answer means. Addresses inside are refused (SSRF)."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from webhooks.endpoint_secrets import secrets_of
from webhooks.messages import Message
from webhooks.models import LONGEST_FAILURE, WebhookEndpoint
from webhooks.signatures import headers_of
from workix import __version__
from workix.config.encryption import DecryptionError
from workix.web.outgoing import OutgoingError, fetch

GONE = 410
_HEADERS = {"Content-Type": "application/json", "User-Agent": f"Workix-Webhooks/{__version__}"}
_SAID = {
    GONE: "It says that it is gone (410).",
    429: "It says that there is too much for it (429).",
}


@dataclass(frozen=True, slots=True)
class Attempt:
    """How a delivery went. `failure` is empty where it was taken; `status` is None where there was no answer.

    `retry_after` are the seconds the endpoint asked for, or 0.
    """

    at: datetime
    index: int | None
    status: int | None
    failure: str
    milliseconds: int
    retry_after: int = 0

    @property
    def is_delivered(self) -> bool:
        return not self.failure

    def as_json(self) -> dict[str, Any]:
        return {
            "at": f"{self.at:%Y-%m-%dT%H:%M:%S.%f}Z",
            "index": self.index,
            "status": self.status,
            "failure": self.failure,
            "milliseconds": self.milliseconds,
        }


def send(endpoint: WebhookEndpoint, message: Message, *, now: datetime) -> Attempt:
    """Send it once, signed with the secrets of an endpoint. Whatever is wrong is in what comes back."""
    try:
        secrets = secrets_of(endpoint, now=now)
    except DecryptionError:
        return Attempt(now, message.index, None, "Its secret can't be read any more: rotate it.", 0)
    return post(endpoint.url, message, secrets, now=now)


def post(url: str, message: Message, secrets: Iterable[str], *, now: datetime) -> Attempt:
    """Send it once to an address. A redirect is a failure: it is not followed. See Note [Where requests may go]."""
    began = time.monotonic()
    status, retry_after = None, 0
    try:
        headers = headers_of(message.id, message.body, secrets, now=now)
        answer = fetch(url, method="POST", headers={**_HEADERS, **headers}, body=message.body)
    except OutgoingError as error:
        failure = str(error)
    else:
        status, failure = answer.status, _failure(answer.status)
        retry_after = _seconds(answer.headers.get("retry-after", ""))
    took = int((time.monotonic() - began) * 1_000)
    return Attempt(now, message.index, status, failure[:LONGEST_FAILURE], took, retry_after)


def _failure(status: int) -> str:
    if 200 <= status < 300:
        return ""
    if 300 <= status < 400:
        return f"It answers with a redirect ({status}), which is not followed."
    return _SAID.get(status, f"It answers {status}.")


def _seconds(text: str) -> int:
    """Read Retry-After where it is a number; a date is not looked at."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 9 else 0
