"""Dana, a person of two organizations: what tests of switching share."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from accounts.login.password_change import reset
from accounts.models import Purpose, User
from accounts.tokens import email_tokens
from tenants.resolution import forget_all
from tenants.scope import use_tenant
from tests.acts import rows
from tests.cast import Answer, Api, Cast

DANA = "dana@example.com"
OWN = "her very own horse battery"
ACT = {"organization": "globex"}
NOT_THERE = (404, "not_found")


def allow(*casts: Cast, wanted: bool = True) -> None:
    for cast in casts:
        slug = cast.organization.slug
        rows("UPDATE organizations SET allows_switching = %(wanted)s WHERE slug = %(slug)s", wanted=wanted, slug=slug)
    forget_all()


def set_by_link(cast: Cast, email: str = DANA, password: str = OWN) -> None:
    """Set a password through a link, as the owner of the mailbox does."""
    with use_tenant(cast.organization):
        user = User.objects.get(email=email)
        lifetime = timezone.timedelta(hours=1)
        token = email_tokens.make(user, Purpose.RESET_PASSWORD, now=timezone.now(), lifetime=lifetime)
    reset(token=token, password=password, now=timezone.now())


def log_in(cast: Cast, password: str = OWN, email: str = DANA, **more: Any) -> Answer:
    login = {"email": email, "password": password, "organization": cast.organization.slug}
    return Api().post("auth/login/", login | more)


def enter(cast: Cast, password: str = OWN, email: str = DANA) -> Api:
    return Api(log_in(cast, password, email).body["access"])


def outcome(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.body.get("code", "")
