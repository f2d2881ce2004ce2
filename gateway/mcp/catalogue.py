"""Catalogue of tools: those of the API's own OpenAPI document, and of them those that the caller's permissions allow."""

from __future__ import annotations

import time

import anyio

from gateway.mcp.api import Api, ApiAnswer, ApiError, Caller
from gateway.mcp.calls import Call
from gateway.mcp.operations import Operation, operations_of

#: Seconds after which the document is read again: the API may have been updated meanwhile.
KEPT = 300.0
_DOCUMENT = Call("GET", "/api/v1/schema/?format=json", {"Accept": "application/vnd.oai.openapi+json"}, None)
_PERMISSIONS = Call("GET", "/api/v1/authz/permissions/", {}, None)


class RefusedError(Exception):
    """The API refused to say what the caller may do."""

    def __init__(self, answer: ApiAnswer) -> None:
        super().__init__(answer.status)
        self.answer = answer


class Catalogue:
    """What the API can do, read from itself; the same for everybody."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._operations: dict[str, Operation] = {}
        self._read_at = 0.0
        self._lock = anyio.Lock()

    async def operations(self) -> dict[str, Operation]:
        """Return every operation that is a tool, by name.

        :raises ApiError: when the API never said what it can do.
        """
        async with self._lock:
            if not self._operations or time.monotonic() - self._read_at > KEPT:
                await self._read()
        return self._operations

    async def of_caller(self, caller: Caller) -> list[Operation]:
        """Return those that the caller may call now, which the API decides again at each call.

        :raises RefusedError: when the key is none.
        """
        answer = await self._api.send(_PERMISSIONS, caller)
        if answer.status != 200:  # OK
            raise RefusedError(answer)
        allowed = frozenset(answer.body["permissions"])
        return [each for each in (await self.operations()).values() if each.permission in allowed]

    async def _read(self) -> None:
        """Read the document, without anybody's key. One that was read is kept while the API does not answer."""
        try:
            answer = await self._api.send(_DOCUMENT, Caller(""))
            if answer.status != 200:  # OK
                raise ApiError(f"The API answered {answer.status} when it was asked what it can do.")
        except ApiError:
            if not self._operations:
                raise
            return
        self._operations, self._read_at = operations_of(answer.body), time.monotonic()
