"""Operators: they run the platform, live in `public`, and have no standing access to any organization."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.models.email_address import check_address
from accounts.passwords import check_new_password, hash_password
from tenants.scope import use_platform
from workix.config.secrets import keep_secret
from workix.config.secrets import make_password as draw_password
from workix.core.errors import Conflict
from workix.core.permissions import Role

FIRST_OPERATOR = "operator@localhost"


class OperatorExists(Conflict):
    """Raised to whoever asks second."""

    code = "operator_exists"
    detail = "There is an operator with this address."


def create_operator(*, email: str, password: str, now: datetime) -> User:
    """Add an operator. Whoever can run this command already rules the machine, so the address is taken as proven.

    :raises Invalid: when the password is not good enough.
    :raises OperatorExists: when an operator has the address.
    """
    email = check_address(email)
    operator = User(email=email, organization_id=None, role=Role.ADMIN, email_confirmed_at=now)
    operator.password = hash_password(check_new_password(password, about=(email,)))
    try:
        with use_platform(), transaction.atomic():
            operator.save(force_insert=True)
    except IntegrityError as error:
        raise OperatorExists from error
    return operator


def ensure_first_operator(log_in: Path, *, now: datetime) -> bool:
    """Make the operator of a fresh platform, with the password kept in the file `log_in`; False when there is one."""
    with use_platform():
        if User.objects.exists():
            return False
    password = keep_secret(log_in, draw_password).reveal()
    create_operator(email=FIRST_OPERATOR, password=password, now=now)
    return True
