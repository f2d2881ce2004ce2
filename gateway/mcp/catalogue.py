"""Catalogue of tools: those of the API's own OpenAPI document, and of them those that the caller's permissions allow."""

# Note [An API that does not answer]
# The document is read by one call at a time. While there is an old one, the others go on with it at once, and whoever reads waits
# PATIENCE at most. Where there is none they wait for that one reading, and where it failed, all of them are told so: nobody
# reads again before AGAIN is over, or each would wait in turn for an API that is not there.

from __future__ import annotations

import time

import anyio

from gateway.mcp.api import Api, ApiAnswer, ApiError, Caller
from gateway.mcp.calls import Call
from gateway.mcp.operations import Operation, operations_of

#: Seconds after which the document is read again: the API may have been updated meanwhile.
KEPT = 300.0
#: Seconds until it is tried again after the API did not answer, and how long one waits for it who has an old one.
AGAIN, PATIENCE = 15.0, 5.0
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
        self._due_at = 0.0
        self._fault = ""
        self._lock = anyio.Lock()

    async def operations(self) -> dict[str, Operation]:
        """Return every operation that is a tool, by name. See Note [An API that does not answer].

        :raises ApiError: when the API never said what it can do.
        """
        if not self._operations or not (self._is_read() or self._lock.locked()):
            async with self._lock:
                if not self._is_read():
                    await self._read()
        if not self._operations:
            raise ApiError(self._fault)
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

    def _is_read(self) -> bool:
        """Say whether the document was read, or tried to be, not long ago."""
        return time.monotonic() < self._due_at

    async def _read(self) -> None:
        """Read the document, without anybody's key. One that was read is kept while the API does not answer."""
        try:
            with anyio.fail_after(PATIENCE if self._operations else None):
                answer = await self._api.send(_DOCUMENT, Caller(""))
            if answer.status != 200:  # OK
                raise ApiError(f"The API answered {answer.status} when it was asked what it can do.")
        except (ApiError, TimeoutError) as error:
            self._fault, self._due_at = str(error), time.monotonic() + AGAIN
        else:
            self._operations, self._due_at = operations_of(answer.body), time.monotonic() + KEPT
