"""Signals of log-ins, sent by API and pages alike: Django's (user_logged_in, …), and user_locked_out of django-axes."""

from __future__ import annotations

from uuid import UUID

from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest

from accounts.login.attempts import username_of
from accounts.models import User
from workix.core.current import Current
from workix.web.client_address import network_of

_SENDER = "accounts.login"
_HIDDEN = "********************"  # what Django sends in place of a password


def send_logged_in(user: User, session_id: UUID, *, request: HttpRequest) -> None:
    """Tell that an API client logged in; `session_id` says that its session is open already. Pages send Django's own."""
    user_logged_in.send(User, request=request, user=user, session_id=session_id)


def send_logged_out(user: User, session_id: UUID, *, request: HttpRequest) -> None:
    """Tell that an API client ended its session."""
    user_logged_out.send(User, request=request, user=user, session_id=session_id)


def send_login_failed(address: str, *, request: HttpRequest) -> None:
    """Tell of a wrong password, or of an address nobody has: the signal does not say which."""
    user_login_failed.send(_SENDER, credentials={"username": address, "password": _HIDDEN}, request=request)


def send_locked_out(address: str, *, request: HttpRequest) -> None:
    """Tell that an address is locked from now on; it is named by its keyed hash, the client by its network."""
    user_locked_out.send("axes", request=request, username=username_of(address), ip_address=network())


def network() -> str:
    """Return what operators may know of a client's address: enough to see an attack, too little to name a person."""
    return network_of(Current.context.ip_address, ipv4=24)


def request_of_current() -> HttpRequest:
    """Make a request for receivers where the way in is none of HTTP's, or its capability is told nothing of it."""
    request = HttpRequest()
    request.META = {
        "REMOTE_ADDR": Current.context.ip_address,
        "HTTP_USER_AGENT": Current.context.user_agent,
        "PATH_INFO": "",
    }
    return request
