"""Streamable HTTP: whose a request is, which hosts and origins are answered, and the server that runs it (uvicorn)."""

# Note [No sessions]
# Each request is whole: it has its key, and nothing is kept until the next. A session id that a client sends is not looked
# at, so one that was found or guessed is of no use, and requests may go to any of several servers.
#
# Note [Pages of others]
# A page in a browser can make requests to this machine, and by a name of its own that leads here (DNS rebinding). It knows
# no key, so it could do nothing; it is refused before that, by Host and Origin, as the protocol asks for.

from __future__ import annotations

import logging
import re
from typing import Any

import anyio
import uvicorn
from django.http import HttpRequest
from mcp.server.transport_security import TransportSecuritySettings
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.mcp.api import Api, Caller
from gateway.mcp.connections import Connection
from gateway.mcp.server import Context, make_server
from workix.config.environment import Environment
from workix.web.client_address import client_address

logger = logging.getLogger(__name__)

PATH, HEALTH = "/mcp", "/health/live"
LARGEST_BODY = 1_048_576
#: Seconds in which a request must have come whole, and those at work end when the server does.
BODY_SECONDS, GRACE_SECONDS = 20, 20
_AT_ONCE = 200
#: What a credential can be (b64token of RFC 6750), and as long as the API takes one.
_KEY = re.compile(r"[A-Za-z0-9._~+/-]{1,8000}=*")
_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


class BearerMiddleware:
    """Refuses a request without a key (401, RFC 6750), and one that does not come whole in time.

    What is asked is POSTed: a stream to listen to (GET) would be held open for nothing, as nobody is told anything unasked.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != PATH:
            await self.app(scope, receive, send)
        elif not _authorization(Request(scope)):
            said = {"WWW-Authenticate": 'Bearer realm="workix"'}
            sentence = "Send your key: `Authorization: Bearer wxa_…`.\n"
            await PlainTextResponse(sentence, 401, headers=said)(scope, receive, send)
        elif scope["method"] != "POST":
            await PlainTextResponse("POST it.\n", 405, headers={"Allow": "POST"})(scope, receive, send)
        elif (message := await _whole(receive)) is None:
            await PlainTextResponse("It did not come whole.\n", 408, headers={"Connection": "close"})(
                scope, receive, send
            )
        elif message["type"] == "http.request":  # and not its leaving
            await self.app(scope, _first(message, receive), send)


def make_app(api: Api, environment: Environment) -> ASGIApp:
    """Make the ASGI application. See Note [No sessions] and Note [Pages of others]."""
    app = make_server(api, caller_of).streamable_http_app(
        streamable_http_path=PATH,
        stateless_http=True,
        json_response=True,
        max_request_body_size=LARGEST_BODY,
        transport_security=TransportSecuritySettings(
            allowed_hosts=_hosts(environment), allowed_origins=list(environment.allowed_origins)
        ),
        custom_starlette_routes=[Route(HEALTH, _alive)],
    )
    app.router.redirect_slashes = False  # it would lead to whichever host the request names, and from TLS to none
    return BearerMiddleware(app)


def caller_of(context: Context) -> Caller:
    """Say whose the request at hand is: its key, and the client's address behind proxies that are trusted."""
    request = context.request
    if not isinstance(request, Request):
        raise TypeError("It did not come by HTTP.")
    asked = HttpRequest()
    asked.META = {
        "REMOTE_ADDR": request.client.host if request.client else "",
        "HTTP_X_FORWARDED_FOR": ",".join(request.headers.getlist("x-forwarded-for")),
    }
    agent = "".join(each for each in request.headers.get("user-agent", "") if each.isascii() and each.isprintable())
    return Caller(_authorization(request), client_address(asked), agent)


async def serve(environment: Environment) -> None:
    """Serve until told to stop (SIGTERM)."""
    host, _, port = environment.mcp_bind.rpartition(":")
    async with Api(environment.mcp_api or environment.public_url, environment.public_url) as api:
        config = uvicorn.Config(
            make_app(api, environment),
            host=host.removeprefix("[").removesuffix("]"),
            port=int(port),
            http=Connection,
            log_config=None,
            access_log=False,
            proxy_headers=False,  # whom to believe, WORKIX_TRUSTED_PROXIES says
            server_header=False,
            ws="none",
            limit_concurrency=_AT_ONCE,
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
        logger.info("mcp.started", extra={"bind": environment.mcp_bind})
        await uvicorn.Server(config).serve()


def _authorization(request: Request) -> str:
    """Return the one `Authorization` header where it is a bearer's, and "" where there is none, more, or what can't be a key."""
    given = request.headers.getlist("authorization")
    scheme, _, rest = given[0].partition(" ") if len(given) == 1 else ("", "", "")
    key = rest.strip()
    return f"Bearer {key}" if scheme.lower() == "bearer" and _KEY.fullmatch(key) else ""


def _hosts(environment: Environment) -> list[str]:
    """Name the hosts that are answered: this machine, where it listens, and where agents are told to find it."""
    bound = environment.mcp_bind.rpartition(":")[0]
    named = [url.partition("://")[2] for url in (environment.public_url, environment.mcp_url) if url]
    local = [*_LOOPBACK, *([bound] if bound not in ("0.0.0.0", "[::]") else [])]  # noqa: S104  # compared, not bound
    return [*named, *local, *(f"{each}:*" for each in local)]


async def _whole(receive: Receive) -> Message | None:
    """Receive the body, of which no more is read than the SDK takes; None where it does not come in time."""
    body = bytearray()
    with anyio.move_on_after(BODY_SECONDS):
        while True:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False) and len(body) <= LARGEST_BODY
            if not more:
                return {**message, "body": bytes(body), "more_body": False} if "body" in message else message
    return None


def _first(message: Message, receive: Receive) -> Receive:
    """Hand over a message, then what comes behind it."""
    waiting = [message]

    async def received() -> Message:
        return waiting.pop() if waiting else await receive()

    return received


async def _alive(request: Any) -> Response:
    return PlainTextResponse("alive\n")
