"""Cookie mode: the refresh token in an HttpOnly cookie that no script can read."""

from __future__ import annotations

from django.conf import settings
from rest_framework.request import Request
from rest_framework.response import Response

from workix.core.errors import Denied, NotAuthenticated

#: A header of one's own needs leave from the server, which pages of the allowed origins have and no others (CORS). And only
#: if they are of the same site: to another one's a browser gives no cookie that is SameSite=Strict.
CSRF_HEADER = "X-CSRF-Token"


class CsrfFailed(Denied):
    code = "csrf_failed"
    detail = f"Send the header {CSRF_HEADER} with any value: it proves that your own page makes the call."


def set_refresh(response: Response, refresh: str) -> None:
    response.set_cookie(
        _name(),
        refresh,
        max_age=int(settings.REFRESH_TOKEN_LIFETIME.total_seconds()),
        path="/",
        secure=settings.WORKIX.secure,
        httponly=True,
        samesite="Strict",
    )


def get_refresh(request: Request) -> str:
    """Take the refresh token from the cookie.

    :raises NotAuthenticated: when there is none.
    :raises CsrfFailed: when the header is missing that only our own pages can send.
    """
    refresh: str | None = request.COOKIES.get(_name())
    if refresh is None:
        raise NotAuthenticated("Send the refresh token.")
    if not request.headers.get(CSRF_HEADER):
        raise CsrfFailed
    return refresh


def cleared(response: Response) -> Response:
    response.delete_cookie(_name(), path="/", samesite="Strict")
    return response


def _name() -> str:
    return "__Host-workix-refresh" if settings.WORKIX.secure else "workix-refresh"
