"""Every way into the platform over HTTP, each with a canary in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

from django.test import Client

from tests.security.canaries.canaries import Canary

JSON, FORM = "application/json", "application/x-www-form-urlencoded"
#: A request as Django's test client sends it: method, path with query, body, type of the body, headers.
Way = tuple[str, str, str, bytes, str, dict[str, str]]


def ways(canary: Canary, path: str = "/api/v1/auth/login/") -> Iterator[Way]:
    """Put a secret into a request where clients put it, named; one that is known by its form, wherever it fits."""
    name, value = canary.name, canary.value
    plain = value.replace("\n", " ")
    body = {name: value, "email": "alice@acme.example", "deep": {name: [value], "deeper": [{name: value}]}}
    yield "query", "POST", f"{path}?{urlencode({'page': 1, name: value, 'z': 2})}", b"{}", JSON, {}
    yield "JSON", "POST", path, json.dumps(body).encode(), JSON, {}
    yield "bad JSON", "POST", path, json.dumps(body).encode()[:-4], JSON, {}
    yield "form", "POST", path, urlencode(body).encode(), FORM, {}
    yield "cookie", "POST", path, b"{}", JSON, {"Cookie": f"{name}={plain}; workix={plain}; workix-csrf={plain}"}
    headers = {"Authorization": plain, "X-Device-Token": plain, "X-CSRFToken": plain, "Idempotency-Key": plain}
    yield "headers", "POST", path, b"{}", JSON, headers
    if canary.has_form:
        yield "path", "GET", f"{path}{quote(plain, safe='')}/", b"", JSON, {}
        yield "name", "POST", path, json.dumps({value: 1, "deep": {value: {value: 2}}}).encode(), JSON, {}
        yield "value", "POST", path, json.dumps({"email": value, "role": value, "id": [value]}).encode(), JSON, {}
        unnamed = ("X-Request-ID", "User-Agent", "Referer", "Origin", "traceparent", "X-Forwarded-For", "Accept")
        yield "other headers", "POST", path, b"{}", JSON, dict.fromkeys(unnamed, plain)


def together(canary: Canary, path: str) -> Iterator[Way]:
    """Put it in all ways that go together into one request; a body that is a form, or none, needs one of its own."""
    found = {way[0]: way for way in ways(canary, path)}
    yield found.pop("form")
    yield found.pop("bad JSON")
    query = found["query"][2].partition("?")[2]
    bodies = [json.loads(way[3]) for way in found.values() if way[3]]
    headers = {name: value for way in found.values() for name, value in way[5].items()}
    yield (
        "all others",
        "POST",
        f"{found.get('path', found['query'])[2].partition('?')[0]}?{query}",
        json.dumps(bodies).encode(),
        JSON,
        headers,
    )


def send(way: Way, *, host: str, access: str = "") -> Any:
    """Send one, and return Django's answer; as somebody, where the canary is not in their place."""
    _, method, path, body, kind, headers = way
    own = {"Authorization": f"Bearer {access}"} if access and "Authorization" not in headers else {}
    client = Client(raise_request_exception=False, headers={"Host": host, **own, **headers})
    return client.generic(method, path, body, content_type=kind)


def shown(answer: Any) -> str:
    """Return what an answer that is an error says, headers and body."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return f"{dict(answer.headers)} {content.decode(errors='replace')}" if answer.status_code >= 400 else ""
