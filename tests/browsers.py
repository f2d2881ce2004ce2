"""Somebody at a browser, as far as a test without one can tell: cookies, forms, CSRF tokens, pages."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.test import Client

from tests.cast import PASSWORD, PLATFORM, Cast


@dataclass(frozen=True)
class Page:
    """What came back."""

    status: int
    text: str
    headers: dict[str, str]

    @property
    def words(self) -> str:
        """The page without its tags, as one line."""
        without = re.sub(r"<(script|style|head)\b.*?</\1>|<[^>]+>", " ", self.text, flags=re.DOTALL)
        return " ".join(html.unescape(without).split())

    @property
    def goes_to(self) -> str:
        return self.headers.get("Location", "")


@dataclass
class Browser:
    """One person's browser on one host. It checks CSRF as a real request would have it checked."""

    host: str = PLATFORM
    client: Client = field(default_factory=lambda: Client(enforce_csrf_checks=True))

    def get(self, path: str, **headers: str) -> Page:
        return _page(self.client.get(path, headers=self._headers(headers)))

    def post(self, path: str, **fields: Any) -> Page:
        """Send a form with the token of the page it is on."""
        token = self.client.cookies.get(settings.CSRF_COOKIE_NAME)
        sent = {"csrfmiddlewaretoken": token.value if token else "", **fields}
        return _page(self.client.post(path, sent, headers=self._headers({})))

    def log_in(self, email: str, password: str = PASSWORD, *, to: str = "/admin/") -> Page:
        self.get("/admin/login/")
        return self.post("/admin/login/", username=email, password=password, next=to)

    def cookie(self) -> str:
        """The one that says who is logged in."""
        return str(self.client.cookies[settings.SESSION_COOKIE_NAME].value)

    def _headers(self, more: dict[str, str]) -> dict[str, str]:
        named = {name.replace("_", "-"): value for name, value in more.items()}
        return {"Host": self.host, "Accept": "text/html,*/*;q=0.8", **named}


def browser_of(cast: Cast, name: str) -> Browser:
    """Log somebody of the cast in to their dashboard."""
    browser = Browser(cast.host)
    assert browser.log_in(cast.people[name].email).goes_to == "/admin/"
    return browser


def _page(response: Any) -> Page:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return Page(response.status_code, content.decode(errors="replace"), dict(response.headers))
