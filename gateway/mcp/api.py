"""HTTP client of the REST API: each call with the caller's own key and address, so with the caller's rights alone."""

# Note [No privilege of its own]
# The MCP server has no key, no database and no session. What it is asked it asks the API, with the very `Authorization` of
# the request at hand; so authorization, rate limits, quotas, modes, approvals and the audit trail are those of the API, and
# there is nothing here to get around them. Nothing of one request is kept for another: no cookie, and no session, so none
# can be mixed up between two callers.

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import TracebackType
from typing import Any, Self

import httpx2
import orjson

from gateway.mcp.calls import Call
from workix import __version__

LARGEST_ANSWER = 4_194_304
SECONDS = 30.0
_AT_ONCE = 64


class ApiError(Exception):
    """The API could not be asked. Its text is ours."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Whose call it is: the `Authorization` header as it came; the client's address, "" on this machine; its User-Agent."""

    authorization: str = field(repr=False)
    address: str = ""
    agent: str = ""


@dataclass(frozen=True, slots=True)
class ApiAnswer:
    """What the API answered; `body` is None where there was none."""

    status: int
    headers: Mapping[str, str]
    body: Any


class Api:
    """The REST API at `address`, where it is known as `host` (`https://api.example.com`)."""

    def __init__(self, address: str, public_url: str) -> None:
        scheme, _, host = public_url.partition("://")
        # Inside, what is spoken is plain HTTP, for which the proxy outside stands: see workix/web/client_address.py.
        inside = {"Host": host, "X-Forwarded-Proto": scheme} if address != public_url else {}
        self._client = httpx2.AsyncClient(
            base_url=address,
            headers={"Accept": "application/json", "Connection": "close", **inside},
            timeout=SECONDS,
            # No connection is used twice: who ends may close it just as a POST is sent into it (deploy/nginx/proxy.conf).
            limits=httpx2.Limits(max_connections=_AT_ONCE, max_keepalive_connections=0),
            trust_env=False,
            cookies=CookieJar(
                DefaultCookiePolicy(allowed_domains=())
            ),  # none is taken, so none is sent for somebody else
        )

    async def __aenter__(self) -> Self:
        await self._client.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.__aexit__(kind, error, trace)

    async def send(self, call: Call, caller: Caller) -> ApiAnswer:
        """Ask the API. See Note [No privilege of its own].

        :raises ApiError: when it does not answer, in time or in JSON, or at too great length.
        """
        try:
            async with self._client.stream(
                call.method, call.path, headers={**call.headers, **_headers_of(caller)}, content=call.body
            ) as response:
                return _answer(response, await _content(response))
        except (httpx2.ConnectError, httpx2.ConnectTimeout) as error:
            raise ApiError("The API can't be reached, so nothing was done. Try once more in a minute.") from error
        except httpx2.HTTPError as error:
            raise ApiError("The API did not answer. Look whether it was done before you repeat it.") from error


def _headers_of(caller: Caller) -> dict[str, str]:
    agent = f"workix-mcp/{__version__} {caller.agent}".strip()[:200]
    sent = {"User-Agent": agent, "X-Forwarded-For": caller.address, "Authorization": caller.authorization}
    return {name: value for name, value in sent.items() if value}


async def _content(response: httpx2.Response) -> bytes:
    content = bytearray()
    async for chunk in response.aiter_bytes():
        content += chunk
        if len(content) > LARGEST_ANSWER:
            raise ApiError("The answer is too large. It was done as asked; ask for less where a list was asked for.")
    return bytes(content)


def _answer(response: httpx2.Response, content: bytes) -> ApiAnswer:
    if response.is_redirect:
        raise ApiError(
            "The API is elsewhere. Tell whoever runs it that WORKIX_MCP_API must lead to it without a detour."
        )
    try:
        body = orjson.loads(content) if content else None
    except orjson.JSONDecodeError as error:
        raise ApiError(f"The API answered {response.status_code}, and not in JSON. Tell whoever runs it.") from error
    return ApiAnswer(response.status_code, dict(response.headers), body)
