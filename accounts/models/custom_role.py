"""CustomRole (own role, RBAC): permissions an organization puts together; RoleMember: who has them besides their fixed role."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Lower

from accounts.models.user import User
from audit.registry import audited
from workix.core.apps import grantable, granted_by
from workix.core.classification import ordinary, personal
from workix.core.models import Record, SingleLineField


@audited("role")
class CustomRole(Record):
    """A role that an organization composed. A permission that no app declares any more counts for nothing."""

    name = ordinary(SingleLineField(max_length=100))
    description = ordinary(SingleLineField(max_length=500, blank=True, default=""))
    #: Separated by blanks, in the order of the alphabet, as the scopes of an API key are.
    permissions = ordinary(models.TextField())

    #: How many people have it, where `accounts.roles.composition.roles` read it.
    members_count: int

    class Meta:
        db_table = "roles"
        ordering = ("name", "id")
        constraints = [models.UniqueConstraint(Lower("name"), name="role_once_per_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def granted(self) -> frozenset[str]:
        """What whoever has it may do."""
        return granted_by(self.permissions)

    @property
    def undeclared(self) -> list[str]:
        """What it names, and no app declares any more."""
        return [name for name in self.permissions.split() if name not in grantable()]


@audited("role_member")
class RoleMember(Record):
    """That somebody has a role. `name` is what the role is called: by it the trail knows which one was given and taken."""

    role: models.ForeignKey[CustomRole, CustomRole] = ordinary(
        models.ForeignKey(CustomRole, on_delete=models.CASCADE, related_name="members")
    )
    #: No index of its own: that of the constraint begins with it.
    user: models.ForeignKey[User, User] = personal(
        models.ForeignKey(User, on_delete=models.CASCADE, related_name="role_members", db_index=False)
    )
    name = ordinary(SingleLineField(max_length=100))

    class Meta:
        db_table = "role_members"
        ordering = ("created_at", "id")
        constraints = [models.UniqueConstraint(fields=("user", "role"), name="role_once_per_person")]

    def __str__(self) -> str:
        return f"{self.user}: {self.name}"
