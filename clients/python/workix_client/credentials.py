"""Who asks: a person's tokens, refreshed once for all threads that wait, or a service's key."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from typing import Any

import httpx

from workix_client.problems import WorkixError, problem_of

REFRESH = "/api/v1/auth/refresh/"

Keep = Callable[[str, str], None]
Flow = Generator[httpx.Request, httpx.Response, None]


class Key(httpx.Auth):
    """An API key (`wxk_…`), or an agent's (`wxa_…`)."""

    def __init__(self, key: str) -> None:
        self._key = key

    def auth_flow(self, request: httpx.Request) -> Flow:
        request.headers["Authorization"] = f"Bearer {self._key}"
        yield request


class Tokens(httpx.Auth):
    """A session. A refresh token works once: `keep` hears of each new pair before it is used, to write it down."""

    def __init__(self, base_url: str, access: str, refresh: str, *, keep: Keep | None = None) -> None:
        self._address = base_url.rstrip("/") + REFRESH
        self.access, self._refresh, self._keep = access, refresh, keep
        self._lock = threading.Lock()

    def sync_auth_flow(self, request: httpx.Request) -> Flow:
        used = self.access
        request.headers["Authorization"] = f"Bearer {used}"
        response = yield request
        response.read()
        problem = problem_of(response)
        # A wrong password is another 401: sent twice, it would be two wrong ones.
        if problem is None or problem.code != "token_not_valid":
            return
        with self._lock:
            if self.access == used:  # nobody has refreshed it meanwhile
                fresh = yield httpx.Request("POST", self._address, json={"refresh": self._refresh})
                self._replace(fresh)
        request.headers["Authorization"] = f"Bearer {self.access}"
        yield request

    def _replace(self, response: httpx.Response) -> None:
        response.read()
        if not response.is_success:
            raise WorkixError(response.status_code, problem_of(response))
        told: dict[str, Any] = response.json()
        if self._keep is not None:
            self._keep(told["access"], told["refresh"])
        self.access, self._refresh = told["access"], told["refresh"]
