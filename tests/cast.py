"""The cast: Alice (admin), Bob (user) and Vera (viewer) at Acme; Gina (admin) at Globex; Mallory, a user there; Otto operates."""

from __future__ import annotations

from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any

import orjson
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone

from accounts import email_index
from accounts.login import sessions
from accounts.members import add
from accounts.models import User
from accounts.operators import create_operator
from accounts.signup import FirstAdmin, open_with_admin
from tenants.models import Organization, Status
from tenants.resolution import find_by_id, forget_all
from tenants.scope import use_tenant
from tests.database import superuser
from workix.core.current import Current
from workix.core.permissions import Role

PASSWORD = "correct horse battery staple"  # noqa: S105  # the cast protects nothing
PLATFORM = "localhost"
OTTO = "otto@workix.example"


@dataclass(frozen=True)
class Cast:
    """One organization of the cast, with its people by first name."""

    organization: Organization
    people: dict[str, User] = field(default_factory=dict)

    @property
    def host(self) -> str:
        return f"{self.organization.slug}.localhost"


def open_acme() -> Cast:
    return _open("Acme", "acme", alice=Role.ADMIN, bob=Role.USER, vera=Role.VIEWER)


def open_globex() -> Cast:
    return _open("Globex", "globex", gina=Role.ADMIN, mallory=Role.USER)


def _open(name: str, slug: str, **people: Role) -> Cast:
    first, *others = people
    admin = FirstAdmin(f"{first}@{slug}.example", make_password(PASSWORD), first.capitalize())
    organization = open_with_admin(name=name, slug=slug, admin=admin)
    with use_tenant(organization):
        for other in others:
            add(
                email=f"{other}@{slug}.example",
                password=PASSWORD,
                role=people[other],
                first_name=other.capitalize(),
                now=timezone.now(),
            )
        User.objects.update(email_confirmed_at=timezone.now())
        for user in User.objects.all():
            email_index.add(user.email)
    with superuser() as connection:
        connection.execute("UPDATE organizations SET status = %s WHERE id = %s", [Status.ACTIVE, organization.id])
        connection.execute("DELETE FROM procrastinate_jobs")
    forget_all()
    found = find_by_id(organization.id)
    assert found is not None
    with use_tenant(found):
        return Cast(found, {user.first_name.lower(): user for user in User.objects.all()})


def hire_otto() -> User:
    """Let Otto operate the platform."""
    return create_operator(email=OTTO, password=PASSWORD, now=timezone.now())


@dataclass(frozen=True)
class Answer:
    """What came back over HTTP."""

    status: int
    body: Any
    headers: dict[str, str]
    cookies: SimpleCookie = field(default_factory=SimpleCookie)


@dataclass(frozen=True)
class Api:
    """Somebody who speaks to the API: JSON in, JSON out, through every middleware."""

    access: str = ""
    host: str = PLATFORM

    def get(self, path: str, **headers: str) -> Answer:
        return self.call("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Answer:
        return self.call("POST", path, body, **headers)

    def patch(self, path: str, body: Any = None, **headers: str) -> Answer:
        return self.call("PATCH", path, body, **headers)

    def delete(self, path: str, body: Any = None, **headers: str) -> Answer:
        return self.call("DELETE", path, body, **headers)

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """Send one request. `headers` are named as in HTTP with underscores: `X_Request_ID="…"`."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.access:
            sent.setdefault("Authorization", f"Bearer {self.access}")
        data = body if isinstance(body, bytes) else b"" if body is None else orjson.dumps(body)
        client = Client(raise_request_exception=False, headers={"Host": self.host, **sent})
        full = path if path.startswith("/") and not path.startswith("//") else f"/api/v1/{path}"
        content_type = sent.get("Content-Type", "application/json")
        return _answer(client.generic(method, full, data, content_type=content_type))


def api_of(cast: Cast, name: str, *, host: str = PLATFORM) -> Api:
    """Speak as somebody of the cast, in a session like that of a log-in: what judges their password has tests of its own."""
    with use_tenant(cast.organization):
        user = User.objects.get(email=cast.people[name].email)
        with Current.scoped(actor=user.as_actor()):
            opened = sessions.begin(cast.organization, user, now=timezone.now())
    return Api(opened.access, host)


def _answer(response: Any) -> Answer:
    is_json = "json" in response.headers.get("Content-Type", "") and not response.streaming
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return Answer(
        response.status_code,
        orjson.loads(content) if is_json and content else content,
        dict(response.headers),
        response.cookies,
    )
