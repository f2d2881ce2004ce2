"""Django's authentication backend: its log-in forms go through our log-in and lockout, in the realm that is entered."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest
from django.utils import timezone

from accounts.login.login import check_password_here
from accounts.models import User


class PasswordBackend(BaseBackend):
    """An address and a password, in the realm whose host was asked."""

    def authenticate(self, request: HttpRequest | None, username: str = "", password: str = "", **others: Any) -> User:
        """Return the person.

        :raises LockedOut: after too many failures for this address; the form says so.
        :raises InvalidCredentials: and the other refusals of `check_password_here`.
        """
        return check_password_here(username, password, request=request, now=timezone.now())

    def get_user(self, user_id: UUID) -> User | None:
        """Return somebody who is here. Who is logged in, `accounts.login.browser_sessions` says."""
        return User.objects.filter(id=user_id, is_active=True).first()
