"""SecondFactor (TOTP): what is asked for after the password."""

# Note [What a second factor is]
# A row of `second_factors` that is confirmed, or a passkey. From then on a password alone opens no session. Each kind is a method
# in accounts/second_factors/methods.py; whoever asks "does this person have one" asks here.
# A recovery code stands in for a factor that was lost, and is none: without a factor there are no codes.
# The same tables are in `public`, for operators: who runs the platform has more to lose than anybody.

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.models.passkey import Passkey
from accounts.models.user import User
from audit.registry import audited
from workix.core.classification import ordinary, personal, secret
from workix.core.models import Record, not_imported


class Kind(models.TextChoices):
    TOTP = "totp", "Authenticator app"


@not_imported("its secret does not leave the platform")
@audited("second_factor", unrecorded=("updated_at", "last_step", "last_used_at"), named_by=("kind",))
class SecondFactor(Record):
    """See Note [What a second factor is]. One that is not confirmed is being enrolled, and is asked for by nobody."""

    user: models.ForeignKey[User, User] = personal(
        models.ForeignKey(User, on_delete=models.CASCADE, related_name="second_factors")
    )
    kind = ordinary(models.CharField(max_length=20, choices=Kind.choices, default=Kind.TOTP.value))
    encrypted_secret = secret(models.TextField(help_text="See Note [The secret at rest]."))
    #: The last time step a code was taken of: none of it, or of an earlier one, is taken again.
    last_step = ordinary(models.BigIntegerField(default=0, db_default=0))
    confirmed_at = ordinary(models.DateTimeField(null=True))
    last_used_at = personal(models.DateTimeField(null=True))

    class Meta:
        db_table = "second_factors"
        ordering = ("created_at", "id")
        constraints = [
            models.UniqueConstraint(fields=("user",), condition=Q(kind=Kind.TOTP), name="totp_once_per_person"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="second_factor_is_of_a_known_kind"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


def has_second_factor() -> Q:
    """Annotate a look-up of people with whether they have one."""
    return Q(Exists(SecondFactor.objects.filter(user=OuterRef("pk"), confirmed_at__isnull=False))) | Q(
        Exists(Passkey.objects.filter(user=OuterRef("pk")))
    )


def has_one(user: User) -> bool:
    """Say whether somebody has one, of whatever kind."""
    return User.with_removed.filter(has_second_factor(), id=user.id).exists()
