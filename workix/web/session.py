"""Session, CSRF and messages middleware, for browsers only; left out of every other request."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string

Handler = Callable[[HttpRequest], HttpResponse]

#: The dashboard and the console live here, and single sign-on; the browsable API is meant by whoever sends our session cookie.
BROWSER_PATHS = ("/admin/", "/sso/")


class BrowserMiddleware:
    """Puts Django's middlewares around a browser's request, and nothing around an API client's.

    An API client authenticates by a header that no browser sends by itself, so it needs no session and no CSRF token;
    leaving them out saves a tenth of a small request. Who the person is, the hook WORKIX_PERSON_OF_BROWSER says.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self._csrf = CsrfViewMiddleware(get_response)
        self._person_of: Callable[[HttpRequest], Any] = import_string(settings.WORKIX_PERSON_OF_BROWSER)
        inner: Any = MessageMiddleware(self._csrf)
        self._for_browsers: Any = SessionMiddleware(self._knowing_the_person(inner))

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_browser(request):
            response: HttpResponse = self._for_browsers(request)
            return response
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Handler, args: tuple[object, ...], kwargs: dict[str, object]
    ) -> HttpResponse | None:
        """Let Django's CSRF check see the view, since it may be exempt: the API is, where a token authenticates."""
        if is_browser(request):
            return self._csrf.process_view(request, view, args, kwargs)
        return None

    def _knowing_the_person(self, handler: Handler) -> Handler:
        def know(request: HttpRequest) -> HttpResponse:
            request.user = SimpleLazyObject(lambda: self._person_of(request))  # type: ignore[assignment]  # as Django does
            return handler(request)

        return know


def is_browser(request: HttpRequest) -> bool:
    """Say whether a person looks at the response in a browser."""
    return request.path.startswith(BROWSER_PATHS) or settings.SESSION_COOKIE_NAME in request.COOKIES
