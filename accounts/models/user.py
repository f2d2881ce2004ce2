"""User: a person of one organization, or, in `public`, an operator of the platform."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import make_password
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now
from django.utils import timezone

from accounts.models.email_address import normalize_address
from audit.registry import audited
from quotas.counted import counted
from workix.core.apps import effective_permissions, permissions_of
from workix.core.classification import ordinary, personal, secret
from workix.core.current import Actor, Current
from workix.core.models import Record, SingleLineField, SoftDeletion, imported_with, uuid7
from workix.core.permissions import OPERATOR, PASSWORD_AGAIN, Role
from workix.core.triggers import Trigger, declare

_ADDRESS = re.compile(r"(\w)[^@]*@([a-z0-9-]+(?:\.[a-z0-9-]+)+)")
ROLES = [(role.value, role.name.capitalize()) for role in Role]


class UserManager(BaseUserManager["User"]):
    """People who are still here."""

    def get_queryset(self) -> models.QuerySet[User]:
        return super().get_queryset().filter(deleted_at__isnull=True)

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=normalize_address(username or ""))


def mask_address(address: str) -> str:
    """Show of a stranger's address its first letter and its domain; of what is no address (a password, perhaps), nothing."""
    found = _ADDRESS.fullmatch(address)
    return f"{found[1]}***@{found[2]}" if found else "***"


def organization_in_scope() -> UUID | None:
    """Return whose person is being made: none's means an operator's row, which only `public` takes."""
    organization = Current.find_organization()
    return organization.id if organization else None


#: Lists and log-ins are of people who are still here; so are their indexes.
_PRESENT = Q(deleted_at__isnull=True)


@imported_with(password=lambda: make_password(None))
@audited("user", unrecorded=("last_login", "updated_at", "mailbox_proof", "password_changed_at"))
@counted("users")
class User(AbstractBaseUser, Record, SoftDeletion):
    """Somebody who may log in. `role`, and roles of the organization's own, say what they may do: see `permissions`."""

    id = personal(models.UUIDField(primary_key=True, default=uuid7, editable=False))
    last_login = personal(models.DateTimeField("last login", null=True, blank=True))
    organization_id = ordinary(models.UUIDField(null=True, editable=False, default=organization_in_scope))
    email = personal(models.EmailField(max_length=255))
    password = secret(models.CharField(max_length=255, db_column="password_hash"))
    first_name = personal(SingleLineField(max_length=100, blank=True, default=""))
    last_name = personal(SingleLineField(max_length=100, blank=True, default=""))
    role = ordinary(models.CharField(max_length=10, choices=ROLES, default=Role.USER.value))
    is_active = ordinary(models.BooleanField(default=True))
    email_confirmed_at = ordinary(models.DateTimeField(null=True, blank=True, editable=False))

    #: By what an identity provider knows them (SCIM's externalId); empty where none does.
    external_id = personal(SingleLineField(max_length=255, default="", db_default="", editable=False))

    #: See Note [Whose password it is] in accounts/tokens/mailbox_proofs.py.
    mailbox_proof = secret(models.CharField(max_length=64, default="", db_default="", editable=False))
    #: When it was set, by whomever: see Note [Lifetimes] in accounts/passwords/expiry.py.
    password_changed_at = personal(models.DateTimeField(default=timezone.now, db_default=Now(), editable=False))

    #: When who asks last proved that they are this person, in the session they ask by. See Note [Step-up].
    authenticated_at: datetime | None = None
    #: What an agent that acts for them may use of theirs; None where it is they who act.
    restricted_to: frozenset[str] | None = None

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    objects = UserManager()
    with_removed = models.Manager()

    class Meta:
        db_table = "users"
        ordering = ("created_at", "id")
        indexes = [
            models.Index(fields=("created_at", "id"), condition=_PRESENT, name="user_by_time"),
            models.Index(fields=("first_name", "id"), condition=_PRESENT, name="user_by_first_name"),
            models.Index(fields=("last_name", "id"), condition=_PRESENT, name="user_by_last_name"),
            models.Index(fields=("role", "id"), condition=_PRESENT, name="user_by_role"),
            models.Index(fields=("is_active", "id"), condition=_PRESENT, name="user_by_activity"),
            models.Index(fields=("last_login", "id"), condition=_PRESENT, name="user_by_last_login"),
            models.Index(fields=("external_id",), condition=_PRESENT, name="user_by_external_id"),
        ]
        constraints = [
            # Not of lower(email), which is the same (below), and an index that no look-up by the address uses.
            models.UniqueConstraint(fields=("email",), condition=_PRESENT, name="user_once_per_address"),
            models.CheckConstraint(condition=Q(role__in=[role.value for role in Role]), name="user_has_a_known_role"),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="user_email_is_lower_case"),
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def permissions(self) -> frozenset[str]:
        """What they may do now. The one place that says so, to every entry."""
        held = self.assigned_permissions if self.is_active else frozenset()
        return held if self.restricted_to is None else held & self.restricted_to

    @property
    def is_service(self) -> bool:
        """Whether nobody is at hand who could log in again: see Note [Step-up]."""
        return self.restricted_to is not None

    @property
    def reauthentication_url(self) -> str:
        """Where they prove once more who they are: by their password, or at the provider that signs them on."""
        return PASSWORD_AGAIN if self.may_use_password else f"{PASSWORD_AGAIN}sso/"

    @property
    def may_use_password(self) -> bool:
        """Whether they have a password, and it counts: under single sign-on only that of break-glass admins alone does."""
        if not self.has_usable_password() or Current.find_organization() is None:
            return self.has_usable_password()
        policies: Any = apps.get_model(
            "accounts", "SecurityPolicy"
        )  # which refers to people, and so is made of this module
        forbidding = policies.objects.filter(single_sign_on_only=True)
        return not forbidding.exclude(break_glass_admins__contains=[str(self.id)]).exists()

    @property
    def assigned_permissions(self) -> frozenset[str]:
        """What they may do as long as they are active: by their fixed role, and by the organization's own ones."""
        return permissions_of(OPERATOR) if self.is_operator else effective_permissions(self.role, self.granted)

    @cached_property
    def granted(self) -> str:
        """What the organization's own roles grant them, separated by blanks. Authentication reads it with the person."""
        return " ".join(self.role_members.values_list("role__permissions", flat=True))

    def has_perm(self, permission: str, obj: object = None) -> bool:
        """Answer Django's admin from the same table as everybody else."""
        return permission in self.permissions

    @property
    def is_operator(self) -> bool:
        """Whether this is a row of `public`: an operator of the platform, not a person of an organization."""
        return self.organization_id is None

    def as_actor(self) -> Actor:
        """Return who this is to the trail."""
        return Actor("operator" if self.is_operator else "person", self.id, self.email)

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip() or self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = normalize_address(self.email)
        super().save(*args, **kwargs)


#: See Note [What ends with a credential] in accounts/credentials.py.
declare(User, Trigger("end_access", events="UPDATE"))
