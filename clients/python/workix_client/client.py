"""The client: calls, retries of what may be sent twice and of nothing else, an Idempotency-Key, dry run, reason, pages."""

from __future__ import annotations

import random
import time
import uuid
from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

import httpx

from workix_client.credentials import Keep, Tokens
from workix_client.objects import Consumption, Person, read
from workix_client.problems import WorkixError, problem_of

#: Workix did nothing, and says when to come again; of a proxy's 502 or 504 nobody knows whether it was done.
COME_AGAIN, UNKNOWN = {429, 503}, {502, 504}
ATTEMPTS = 4
#: Seconds: where `Retry-After` asks for more, the caller gets the refusal.
LONGEST_WAIT = 30.0

Query = Mapping[str, str | int]


class Workix:
    """Calls one platform or organization. Paths are those of the document: `/api/v1/users/`."""

    def __init__(self, base_url: str, auth: httpx.Auth, *, transport: httpx.BaseTransport | None = None) -> None:
        self._http = httpx.Client(base_url=base_url, auth=auth, transport=transport, timeout=30)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._http.close()

    def call(
        self,
        method: str,
        path: str,
        json: Any = None,
        *,
        query: Query | None = None,
        key: str | None = None,
        dry_run: bool = False,
        reason: str | None = None,
    ) -> Any:
        """Return what the API answers; None where that is nothing.

        With a `key` (of operations that take an Idempotency-Key) a lost answer is asked for again, and done once.

        :raises WorkixError: when it refuses.
        :raises httpx.TransportError: when no answer came, and whether it was done is not known.
        """
        said = {
            "Idempotency-Key": key,
            "Workix-Dry-Run": "true" if dry_run else None,
            "Workix-Reason": _in_ascii(reason),
        }
        headers = {name: value for name, value in said.items() if value is not None}
        request = self._http.build_request(method, path, json=json, params=query, headers=headers)
        response = self._sent(request, is_repeatable=method == "GET" or key is not None or dry_run)
        if not response.is_success:
            raise WorkixError(response.status_code, problem_of(response))
        return response.json() if response.content else None

    def each(self, path: str, query: Query | None = None) -> Iterator[dict[str, Any]]:
        """Give every row of a list, page after page, by number or by cursor."""
        following: dict[str, str | int] | None = dict(query or {})
        while following is not None:
            page = self.call("GET", path, query=following)
            yield from page["results"]
            following = dict(httpx.URL(page["next"]).params) if page["next"] else None

    def people(self) -> Iterator[Person]:
        return (read(Person, row) for row in self.each("/api/v1/users/", {"page_size": 2}))

    def consume(self, resource: str, amount: int = 1, *, key: str | None = None) -> Consumption:
        """Take units of a quota. Your `key` makes it the same call tomorrow, too; else one is drawn for this one."""
        path = f"/api/v1/quotas/{resource}/consumptions/"
        return read(Consumption, self.call("POST", path, {"amount": amount}, key=key or str(uuid.uuid4())))

    def _sent(self, request: httpx.Request, *, is_repeatable: bool) -> httpx.Response:
        may_be_done = False
        for attempt in range(1, ATTEMPTS + 1):
            is_last = attempt == ATTEMPTS or not is_repeatable
            try:
                response = self._http.send(request)
            except httpx.TransportError:
                if is_last:
                    raise
                may_be_done, seconds = True, _backoff(attempt)
            else:
                seconds = _wait(response, attempt)
                if is_last or not _is_for_again(response, may_be_done=may_be_done) or seconds > LONGEST_WAIT:
                    return response
                may_be_done |= response.status_code in UNKNOWN
            time.sleep(seconds)
        raise AssertionError("The last attempt returns or raises.")


def log_in(base_url: str, email: str, password: str, organization: str, *, keep: Keep | None = None) -> Tokens:
    """Open a session.

    :raises WorkixError: with the code `second_factor_required`, go on with what its problem says.
    """
    body = {"email": email, "password": password, "organization": organization}
    response = httpx.post(f"{base_url.rstrip('/')}/api/v1/auth/login/", json=body, timeout=30)
    if not response.is_success:
        raise WorkixError(response.status_code, problem_of(response))
    return Tokens(base_url, response.json()["access"], response.json()["refresh"], keep=keep)


def _in_ascii(text: str | None) -> str | None:
    """Percent-encode a text in another script, and say so (RFC 8187): a header is ASCII."""
    if text is None or (text.isascii() and text.isprintable() and not text.lower().startswith("utf-8''")):
        return text
    return f"UTF-8''{quote(text)}"


def _is_for_again(response: httpx.Response, *, may_be_done: bool) -> bool:
    problem = problem_of(response)
    is_running = may_be_done and problem is not None and problem.code == "conflict"  # the call whose answer was lost
    return response.status_code in COME_AGAIN | UNKNOWN or is_running


def _wait(response: httpx.Response, attempt: int) -> float:
    said = response.headers.get("Retry-After", "")
    return float(said) if said.isdecimal() else _backoff(attempt)


def _backoff(attempt: int) -> float:
    """Longer each time, and not for all callers the same."""
    return float(0.25 * 2 ** (attempt - 1) * (0.5 + random.random()))  # noqa: S311  # nobody gains by guessing it
