"""The people of an organization: admitting one takes a seat."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from accounts import directory
from accounts.confirmation import ask_for_confirmation
from accounts.models import User
from accounts.passwords import check_new_password
from quotas.consumption import consume
from quotas.resources import Resource
from workix.foundation.access import Role
from workix.foundation.errors import Invalid


class AddressTaken(Invalid):
    detail = "Somebody in this organization has this address."


def people() -> QuerySet[User]:
    """List the people of the organization in scope, in the order they came."""
    return User.objects.order_by("created_at", "id")


def admit(*, email: str, password: str, role: Role, first_name: str = "", last_name: str = "") -> User:
    """Add a person, who may log in once they confirmed their address.

    :raises QuotaExceeded: when every seat is taken.
    :raises AddressTaken: when the address is somebody's here.
    :raises Invalid: when the password is not good enough.
    """
    password_hash = make_password(check_new_password(password))
    try:
        with transaction.atomic():
            consume(Resource.USERS)
            user = User(email=email, first_name=first_name, last_name=last_name, role=role)
            user.password = password_hash
            user.save(force_insert=True)
            directory.enter(user.email)
            ask_for_confirmation(user)
    except IntegrityError as error:
        raise AddressTaken(field="email", problem="unique") from error
    return user
