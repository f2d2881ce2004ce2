"""SecurityPolicy: what an organization asks of passwords, second factors and its trail: one row, or none for the defaults."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import ExpressionWrapper, Q, Subquery, Value
from django.db.models.functions import Least, Now

from accounts.models.user import organization_in_scope
from audit.registry import audited
from workix.core.classification import ordinary, personal
from workix.core.current import Current
from workix.core.models import imported_with

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
SHORTEST_RETENTION_DAYS, LONGEST_RETENTION_DAYS = 30, 3650


@imported_with(single_sign_on_only=False, break_glass_admins=[])  # no provider is imported
@audited("security_policy")
class SecurityPolicy(models.Model):
    """See Note [Where a policy is kept]."""

    organization_id = ordinary(models.UUIDField(primary_key=True, default=organization_in_scope, editable=False))
    password_length = ordinary(models.PositiveSmallIntegerField(default=SHORTEST, db_default=SHORTEST))
    password_history = ordinary(models.PositiveSmallIntegerField(default=0, db_default=0))
    password_lifetime_days = ordinary(models.PositiveSmallIntegerField(null=True))
    #: Null: a second factor is everybody's own choice. See Note [Required second factors].
    second_factor_required_from = ordinary(models.DateTimeField(null=True))
    #: See Note [Never locked out] in accounts/passwords/single_sign_on_only.py. The ids of people, as text.
    single_sign_on_only = ordinary(models.BooleanField(default=False, db_default=False))
    break_glass_admins = personal(models.JSONField(default=list, db_default=[]))
    #: Days; null: for ever. See Note [What is pruned] in tenants/trail/retention.py, which reads both.
    audit_retention_days = ordinary(models.PositiveSmallIntegerField(null=True))
    legal_hold = ordinary(models.BooleanField(default=False, db_default=False))
    updated_at = ordinary(models.DateTimeField(auto_now=True, editable=False))

    #: Whether that moment has come, by the database's clock: `find_policy` reads it with the row.
    second_factor_is_due: bool = False

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
            models.CheckConstraint(
                condition=Q(audit_retention_days__range=(SHORTEST_RETENTION_DAYS, LONGEST_RETENTION_DAYS)),
                name="audit_retention_is_a_month_to_ten_years",
            ),
        ]

    def __str__(self) -> str:
        return f"Policy of {self.organization_id}"

    @property
    def requires_second_factor(self) -> bool:
        """Whether a password alone is not enough by now."""
        return self.second_factor_is_due and self.second_factor_required_from is not None

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

    Source: NIST SP 800-63B-4, section 3.1.1.2: 15 where a password is all there is, 8 beside a second factor.
    """
    return SHORTEST_WITH_SECOND_FACTOR if policy.requires_second_factor else SHORTEST


# Note [Required second factors]
# From `second_factor_required_from` on a password alone opens no session: who has no factor enrols one at the log-in, and can do
# nothing else until then, so nobody is locked out, the last admin included. A session that was begun by a password alone ends at
# that moment, whoever it is of: it is no longer than that when it is begun (`ends_by`), those that are open are shortened when
# the moment is set (`shorten_sessions`), and a refresh asks once more. So no request asks for the policy.
# The time until then is the grace: people enrol in it while they work.


def find_policy(*, lock: bool = False) -> SecurityPolicy:
    """Read what the organization in scope decided; the defaults, unsaved, where it decided nothing or there is none."""
    if Current.find_organization() is None:
        return SecurityPolicy()
    is_due = Q(second_factor_required_from__isnull=False) & Q(second_factor_required_from__lte=Now())
    kept = SecurityPolicy.objects.annotate(is_due=ExpressionWrapper(is_due, models.BooleanField()))
    found = (kept.select_for_update() if lock else kept).first()
    if found is None:
        return SecurityPolicy()
    found.second_factor_is_due = found.is_due
    return found


def ends_by(latest: datetime) -> Any:
    """Write when a session of the organization in scope ends that was begun by a password alone, for an INSERT."""
    return Least(Value(latest), decided("second_factor_required_from"), output_field=models.DateTimeField())


def decided(name: str) -> Any:
    """Annotate a look-up with one decision of the organization in scope; null where it made none."""
    if Current.find_organization() is None:
        field: Any = SecurityPolicy._meta.get_field(name)
        return Value(None, output_field=field)
    return Subquery(SecurityPolicy.objects.values(name)[:1])
