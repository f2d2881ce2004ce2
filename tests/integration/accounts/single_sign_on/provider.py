"""An identity provider of OpenID Connect on a loopback port, which a test has say whatever an attacker would have it say."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from secrets import token_hex
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from django.test import override_settings
from jwt.algorithms import ECAlgorithm

from accounts.single_sign_on.oidc import discovery
from workix import settings

SECRET = "a secret of the client"  # noqa: S105  # of a provider that is made here
ELSEWHERE = {"aud": "workix"}


class FakeProvider:
    """A provider that signs on whoever it is told to. `claims`, `header`, `key` and `answers` are what it says otherwise."""

    def __init__(self, address: str) -> None:
        self.issuer = address
        self.key: EllipticCurvePrivateKey = generate_private_key(SECP256R1())
        self.published = self.jwk("one")
        self.header: dict[str, Any] = {"kid": "one"}
        self.algorithm = "ES256"
        self.signing_key: Any = None
        self.person: dict[str, Any] = {}
        self.claims: dict[str, Any] = {}
        self.without: tuple[str, ...] = ()
        self.metadata: dict[str, Any] = {}
        self.userinfo: dict[str, Any] | None = None
        self.answers: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.asked: list[tuple[str, str, dict[str, Any], dict[str, str]]] = []
        self.codes: dict[str, dict[str, str]] = {}

    def jwk(self, kid: str, **more: Any) -> dict[str, Any]:
        public = json.loads(ECAlgorithm.to_jwk(self.key.public_key()))
        return {**public, "kid": kid, "use": "sig", "alg": "ES256", **more}

    def authorize(self, address: str, code: str = "good-code") -> str:
        """Be asked for somebody, and give the code that the browser brings back."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        self.codes[code] = asked
        return code

    def send_back(self, address: str) -> str:
        """Be asked by a browser, prove at once who its person is, and return where it goes back to."""
        code = self.authorize(address, token_hex(8))
        asked, self.claims["auth_time"] = self.codes[code], int(time.time())
        return f"{asked['redirect_uri']}?{urlencode({'state': asked['state'], 'code': code})}"

    def answer(self, path: str, form: dict[str, Any], headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        self.asked.append((path, headers.get("Host", ""), form, headers))
        if path in self.answers:
            return self.answers[path]
        if path == "/authorize":
            return 302, {"Location": self.send_back("?" + urlencode(form, doseq=True))}, b""
        found = {
            "/.well-known/openid-configuration": self._metadata,
            "/jwks": lambda: {"keys": [self.published]},
            "/token": lambda: self._tokens(form),
            "/userinfo": lambda: self.userinfo,
        }[path]()
        status = 400 if "error" in (found or {}) else 200
        return status, {}, json.dumps(found).encode()

    def _metadata(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            **({"userinfo_endpoint": f"{self.issuer}/userinfo"} if self.userinfo is not None else {}),
            **self.metadata,
        }

    def _tokens(self, form: dict[str, Any]) -> dict[str, Any]:
        asked = self.codes.pop(form["code"][0], None)
        verifier = hashlib.sha256(form["code_verifier"][0].encode()).digest()
        if asked is None or base64.urlsafe_b64encode(verifier).rstrip(b"=").decode() != asked["code_challenge"]:
            return {"error": "invalid_grant"}
        return {"access_token": "opaque", "token_type": "Bearer", "id_token": self.id_token(asked)}

    def id_token(self, asked: dict[str, str]) -> str:
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": asked["client_id"],
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
            **self.person,
            **self.claims,
        }
        kept = {name: each for name, each in claims.items() if name not in self.without}
        return jwt.encode(kept, self.signing_key or self.key, algorithm=self.algorithm, headers=self.header)


@contextmanager
def fake_provider() -> Iterator[FakeProvider]:
    """Run one on a loopback port, which requests may go to meanwhile."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(parse_qs(urlsplit(self.path).query))

        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
            self._answer(parse_qs(sent))

        def _answer(self, form: dict[str, Any]) -> None:
            status, headers, body = provider.answer(urlsplit(self.path).path, form, dict(self.headers))
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider = FakeProvider(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    with loopback_allowed():
        try:
            yield provider
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


@contextmanager
def loopback_allowed() -> Iterator[None]:
    """Let requests go to this machine, as operators can."""
    allowed = settings.WORKIX.model_copy(update={"outgoing_networks": (ip_network("127.0.0.0/8"),)})
    discovery.forget_all()
    with override_settings(WORKIX=allowed):
        yield
    discovery.forget_all()
