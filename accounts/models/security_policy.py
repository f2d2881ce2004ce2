"""SecurityPolicy: what an organization asks of passwords (length, history, lifetime): one row, or none for the defaults."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q, Subquery, Value

from accounts.models.user import organization_in_scope
from audit.registry import audited
from workix.core.classification import ordinary, personal
from workix.core.current import Current

# Note [Where a policy is kept]
# What the platform asks before it knows whose request it is (networks, origins, switching) is in `public`: tenants/policies.py.
# What is asked of people is in the organization's own schema, where they are. The primary key is the organization, and a check
# of every schema says which that is (tenants/isolation/schema_objects.py): so there is no second row, whoever writes it.
# Where there is none the defaults hold, which are those of the model; so they do for operators, who have no organization.
#
# Whoever sets a password reads the row. A log-in reads what it needs of it with the person, in the same statement:
# `decided("password_lifetime_days")` is a sub-select to annotate. It never joins, so a person is found without a policy, too.

#: Source: NIST SP 800-63B-4, section 3.1.1.2: at least 15 characters where a password is all that is asked for, 8 where it is
#: not; a policy may ask for more, but for no more than 64, which every system has to take.
SHORTEST, SHORTEST_WITH_SECOND_FACTOR, MOST_ASKED_FOR = 15, 8, 64
MOST_REMEMBERED = 10
LONGEST_LIFETIME_DAYS = 3650


@audited("security_policy")
class SecurityPolicy(models.Model):
    """See Note [Where a policy is kept]."""

    organization_id = ordinary(models.UUIDField(primary_key=True, default=organization_in_scope, editable=False))
    password_length = ordinary(models.PositiveSmallIntegerField(default=SHORTEST, db_default=SHORTEST))
    password_history = ordinary(models.PositiveSmallIntegerField(default=0, db_default=0))
    password_lifetime_days = ordinary(models.PositiveSmallIntegerField(null=True))
    #: See Note [Never locked out] in accounts/passwords/single_sign_on_only.py. The ids of people, as text.
    single_sign_on_only = ordinary(models.BooleanField(default=False, db_default=False))
    break_glass_admins = personal(models.JSONField(default=list, db_default=[]))
    updated_at = ordinary(models.DateTimeField(auto_now=True, editable=False))

    class Meta:
        db_table = "security_policies"
        constraints = [
            models.CheckConstraint(
                condition=Q(password_length__range=(SHORTEST_WITH_SECOND_FACTOR, MOST_ASKED_FOR)),
                name="password_length_is_reasonable",
            ),
            models.CheckConstraint(
                condition=Q(password_history__range=(0, MOST_REMEMBERED)), name="password_history_is_short"
            ),
            models.CheckConstraint(
                condition=Q(password_lifetime_days__range=(1, LONGEST_LIFETIME_DAYS)),
                name="password_lifetime_is_a_number_of_days",
            ),
        ]

    def __str__(self) -> str:
        return f"Policy of {self.organization_id}"

    @property
    def shortest_password(self) -> int:
        """How many characters a new password has at least."""
        return max(self.password_length, shortest_allowed(self))

    @classmethod
    def decisions(cls) -> tuple[str, ...]:
        """Name what is decided: every column but the key and the time."""
        names = (field.name for field in cls._meta.concrete_fields)
        return tuple(name for name in names if name not in ("organization_id", "updated_at"))


def shortest_allowed(policy: SecurityPolicy) -> int:
    """Say the least length that a policy may ask for, as things are with it; every rule about it asks here.

    SHORTEST_WITH_SECOND_FACTOR is for where `policy` requires a second factor (NIST SP 800-63B-4, section 3.1.1.2).
    """
    return SHORTEST


def find_policy(*, lock: bool = False) -> SecurityPolicy:
    """Read what the organization in scope decided; the defaults, unsaved, where it decided nothing or there is none."""
    if Current.find_organization() is None:
        return SecurityPolicy()
    kept = SecurityPolicy.objects.all()
    return (kept.select_for_update() if lock else kept).first() or SecurityPolicy()


def decided(name: str) -> Any:
    """Annotate a look-up with one decision of the organization in scope; null where it made none."""
    if Current.find_organization() is None:
        field: Any = SecurityPolicy._meta.get_field(name)
        return Value(None, output_field=field)
    return Subquery(SecurityPolicy.objects.values(name)[:1])
