"""Session cookie authentication, with CSRF: from a browser's cookie to an actor."""

from __future__ import annotations

from django.conf import settings
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request

from accounts.login import browser_sessions
from accounts.models import User
from accounts.tokens.access_tokens import Claims
from workix.core.current import Current
from workix.core.errors import CsrfFailed
from workix.web.cors import is_cross_origin


class CookieAuthentication(SessionAuthentication):
    """The cookie of the dashboard's log-in. A browser sends it by itself, so what changes anything proves its page.

    To pages of another origin it is nothing, allowed ones among them (CORS): they log in for themselves.
    """

    def authenticate(self, request: Request) -> tuple[User, Claims] | None:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or is_cross_origin(request._request):  # noqa: SLF001  # as below
            return None
        user = browser_sessions.person_of(request._request)  # noqa: SLF001  # as REST framework does
        session_id = browser_sessions.session_id_of(request._request)  # noqa: SLF001
        if not isinstance(user, User) or session_id is None:
            return None
        self.enforce_csrf(request)
        organization = Current.find_organization()
        expires_at = request._request.session.get_expiry_date().timestamp()  # noqa: SLF001
        return user, Claims(organization.id if organization else None, user.id, session_id, expires_at)

    def enforce_csrf(self, request: Request) -> None:
        """Ask for the CSRF token.

        :raises CsrfFailed: when it is missing or another's.
        """
        try:
            super().enforce_csrf(request)
        except PermissionDenied as error:
            raise CsrfFailed("Send the CSRF token of your page in the header X-CSRFToken.") from error
