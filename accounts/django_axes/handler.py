"""Handler of django-axes (AXES_HANDLER): the exact counters decide, keyed hashes are kept, its commands work."""

# Raw SQL: one upsert a failure, as the control role.

# Note [What django-axes keeps]
# Operators see failures as the library shows them, in its table in `public`: which keyed hash, from which network (/24, /64),
# how often, when. A row is written for them, and decides nothing: who may go on, the counters say that were counted before
# the password was looked at. The library's own handler reads and writes after it, so parallel guesses would pass.

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from axes.handlers.base import AbstractAxesHandler, AxesBaseHandler
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.conf import settings
from django.db import connection
from django.db.models import Q
from django.http import HttpRequest

from accounts.login import attempts
from accounts.login.attempts import Attempt, username_of
from accounts.models import User
from tenants.scope import use_platform
from workix.core.errors import TooMany
from workix.core.models import uuid7
from workix.web.client_address import client_address, network_of

_FAILED = """
    INSERT INTO axes_accessattempt AS a (id, username, ip_address, user_agent, http_accept, path_info, get_data, post_data,
                                         attempt_time, failures_since_start)
    VALUES (%(id)s, %(username)s, %(ip_address)s, '', '', %(path)s, '', '', %(now)s, 1)
    ON CONFLICT (username, ip_address, user_agent) DO UPDATE
       SET attempt_time = excluded.attempt_time, path_info = excluded.path_info,
           failures_since_start = CASE WHEN a.attempt_time <= %(expired)s THEN 1 ELSE a.failures_since_start + 1 END"""


class AxesHandler(AbstractAxesHandler, AxesBaseHandler):
    """See Note [What django-axes keeps]."""

    def is_allowed(self, request: Any, credentials: dict[str, Any] | None = None) -> bool:
        """Count the attempt that our log-in hands over, and say whether its password may be judged.

        Code written for django-axes hands over none: it is told whether the address is locked, and nothing is counted.
        """
        attempt = (credentials or {}).get("attempt")
        if not isinstance(attempt, Attempt):
            return bool(super().is_allowed(request, credentials))
        try:
            attempts.count(attempt)
        except TooMany as refusal:
            attempt.refusal = refusal
        return attempt.refusal is None

    def get_failures(self, request: Any, credentials: dict[str, Any] | None = None) -> int:
        username = username_for(request, credentials)
        return attempts.failures(username, now=request.axes_attempt_time) if username else 0

    def user_login_failed(self, sender: Any, credentials: dict[str, Any], request: Any = None, **kwargs: Any) -> None:
        """Write a failure down. Who authenticates without a request is no way in of ours."""
        if request is None:
            return
        now: datetime = request.axes_attempt_time
        values = {
            "id": uuid7(),
            "username": username_for(request, credentials),
            "ip_address": request.axes_ip_address or None,
            "path": request.axes_path_info,
            "now": now,
            "expired": now - timedelta(minutes=settings.WORKIX.lockout_minutes),
        }
        with use_platform(), connection.cursor() as cursor:
            cursor.execute(_FAILED, values)

    def user_logged_in(self, sender: Any, request: Any, user: User, **kwargs: Any) -> None:
        """Give back what was counted for somebody who completed a log-in."""
        if request is None:
            return
        attempts.succeeded(user, now=request.axes_attempt_time)

    def user_logged_out(self, sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
        """Change nothing: sessions have their own list."""

    def post_save_access_attempt(self, instance: Any, **kwargs: Any) -> None:
        """Change nothing: the library's models announce what its own handler does."""

    def post_delete_access_attempt(self, instance: Any, **kwargs: Any) -> None:
        """Change nothing."""

    def reset_attempts(
        self, *, ip_address: str | None = None, username: str | None = None, ip_or_username: bool = False
    ) -> int:
        """End locks, and delete what operators see of them; return how many rows that were. For axes_reset and its like."""
        by_client = Q(ip_address=network_of(ip_address, ipv4=24) or None) if ip_address else Q()
        by_username = Q(username=username_of(username)) if username else Q()
        if username:
            attempts.reset_usernames(username)
        if ip_address:
            attempts.reset_client(ip_address)
        if not (username or ip_address):
            attempts.reset_all()
        chosen = by_client | by_username if ip_or_username else by_client & by_username
        return _delete(AccessAttempt.objects.filter(chosen))

    def reset_logs(self, *, age_days: int | None = None) -> int:
        """Delete log-ins the library would have logged; ours are sessions, so there are none."""
        return _delete(AccessLog.objects.all())

    def reset_failure_logs(self, *, age_days: int | None = None) -> int:
        """Delete failures the library would have logged for ever; there are none."""
        return _delete(AccessFailureLog.objects.all())


def username_for(request: HttpRequest | None, credentials: dict[str, Any] | None) -> str:
    """Return the keyed hash of the address somebody wants to log in with (AXES_USERNAME_CALLABLE)."""
    address = (credentials or {}).get("username") or ""
    return username_of(str(address)) if "@" in str(address) else ""


def network_for(request: HttpRequest) -> str:
    """Return the network of a client (AXES_CLIENT_IP_CALLABLE)."""
    return network_of(client_address(request), ipv4=24)


def _delete(rows: Any) -> int:
    with use_platform():
        deleted: int = rows.delete()[0]
    return deleted
