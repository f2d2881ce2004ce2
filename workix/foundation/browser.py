"""What only browsers need: sessions, CSRF, messages; left out of every other request."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware

Handler = Callable[[HttpRequest], HttpResponse]

#: The dashboard and the console live here; the browsable API is meant by whoever sends our session cookie.
BROWSER_PATHS = ("/admin/", "/api/browser/")


class BrowserMiddleware:
    """Puts Django's four middlewares around a browser's request, and nothing around an API client's.

    An API client authenticates by a header that no browser sends by itself, so it needs no session and no CSRF token;
    leaving them out saves a tenth of a small request.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self._csrf = CsrfViewMiddleware(get_response)
        self._for_browsers = SessionMiddleware(AuthenticationMiddleware(MessageMiddleware(self._csrf)))

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_browser(request):
            return self._for_browsers(request)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Handler, args: tuple[object, ...], kwargs: dict[str, object]
    ) -> HttpResponse | None:
        """Let Django's CSRF check see the view, since it may be exempt: the API is, where a token authenticates."""
        if is_browser(request):
            return self._csrf.process_view(request, view, args, kwargs)
        return None


def is_browser(request: HttpRequest) -> bool:
    """Say whether a person looks at the answer in a browser."""
    return request.path.startswith(BROWSER_PATHS) or settings.SESSION_COOKIE_NAME in request.COOKIES
