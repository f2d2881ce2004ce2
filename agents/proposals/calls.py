"""The call of a proposal: told apart by key and fingerprint (idempotency), kept, and made once more from the bytes kept."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from django.core.exceptions import RequestDataTooBig
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest

from agents.models import Agent, Proposal
from agents.proposals.bodies import body_of
from workix.api.idempotency import HEADER
from workix.api.problems import PayloadTooLarge
from workix.config.keyed_hash import keyed_digest, keyed_hash

#: Of the request that approves: where it came in, and not who asks.
_WHERE = ("SERVER_NAME", "SERVER_PORT", "SERVER_PROTOCOL", "HTTP_HOST", "SCRIPT_NAME", "wsgi.url_scheme", "wsgi.errors")


@dataclass(frozen=True, slots=True)
class Call:
    """A request as it is kept. `key` hides what says that another is the same one; `fingerprint` stands for all of it."""

    method: str
    path: str
    query: str
    content_type: str
    body: bytes
    idempotency_key: str
    key: str
    fingerprint: str


def read(request: HttpRequest, agent: Agent) -> Call:
    """Read a request, whose body stays readable.

    :raises PayloadTooLarge: when it is longer than any view takes, which would say the same.
    """
    method, path, query = request.method or "", request.path_info, request.META.get("QUERY_STRING", "")
    content_type, given = request.META.get("CONTENT_TYPE", ""), request.headers.get(HEADER, "")
    try:
        body = request.body
    except RequestDataTooBig as error:
        raise PayloadTooLarge from error
    written = "\n".join((str(agent.id), method, path, query, content_type)).encode("utf-8", "surrogateescape")
    fingerprint = keyed_digest("proposal-fingerprint", written + b"\n" + body).hex()
    key = keyed_hash("proposal-key", f"{agent.id}\n{given}" if given else fingerprint)
    return Call(method, path, query, content_type, body, given, key, fingerprint)


def made_again(proposal: Proposal, asked: HttpRequest) -> WSGIRequest:
    """Make the request of a proposal, at the host at which it is approved.

    :raises DecryptionError: when its body can't be read any more.
    """
    body = body_of(proposal)
    variables = {name: asked.META[name] for name in _WHERE if name in asked.META} | {
        "REQUEST_METHOD": proposal.method,
        "PATH_INFO": proposal.path.encode().decode("latin-1"),
        "QUERY_STRING": proposal.query,
        "CONTENT_TYPE": proposal.content_type,
        "CONTENT_LENGTH": str(len(body)),
        "REMOTE_ADDR": "",
        "wsgi.input": BytesIO(body),
    }
    if proposal.idempotency_key:
        variables["HTTP_IDEMPOTENCY_KEY"] = proposal.idempotency_key
    return WSGIRequest(variables)
