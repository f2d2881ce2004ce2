"""SecondFactor (TOTP), RecoveryCode and LoginChallenge: what is asked for after the password, and what is open until it came."""

# Note [What a second factor is]
# A row of `second_factors` that is confirmed, or a passkey. From then on a password alone opens no session. Each kind is a method
# in accounts/second_factors/methods.py; whoever asks "does this person have one" asks here.
# A recovery code stands in for a factor that was lost, and is none: without a factor there are no codes.
#
# The same tables are in `public`, for operators: who runs the platform has more to lose than anybody.

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.models.passkey import Passkey
from accounts.models.user import User
from audit.registry import audited
from workix.core.classification import ordinary, personal, secret
from workix.core.models import Record, not_audited, swept


class Kind(models.TextChoices):
    TOTP = "totp", "Authenticator app"


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


@not_audited("that there are new ones, and that one is used up, are recorded as acts of their own")
class RecoveryCode(Record):
    """A code that stands in for a factor, once: using it up is deleting its row. Only a keyed hash is kept."""

    user: models.ForeignKey[User, User] = personal(
        models.ForeignKey(User, on_delete=models.CASCADE, related_name="recovery_codes")
    )
    code_hash = secret(models.CharField(max_length=64))

    class Meta:
        db_table = "recovery_codes"
        constraints = [models.UniqueConstraint(fields=("code_hash",), name="recovery_code_once")]


@swept("expires_at", kept=timedelta(days=7))
@not_audited("it opens nothing by itself; the log-in that it becomes is recorded")
class LoginChallenge(Record):
    """A log-in whose password was right. Only a keyed hash of its token is kept."""

    user: models.ForeignKey[User, User] = personal(
        models.ForeignKey(User, on_delete=models.CASCADE, related_name="login_challenges")
    )
    token_hash = secret(models.CharField(max_length=64))
    #: As the session will be: cookie mode, token mode, or null for a browser's.
    in_cookie = ordinary(models.BooleanField(null=True))
    #: Its person has no factor and has to have one: with the password they may enrol one, and do nothing else.
    enrols = ordinary(models.BooleanField(default=False, db_default=False))
    expires_at = ordinary(models.DateTimeField())
    used_at = ordinary(models.DateTimeField(null=True))

    class Meta:
        db_table = "login_challenges"
        constraints = [models.UniqueConstraint(fields=("token_hash",), name="login_challenge_once")]
        indexes = [models.Index(fields=("expires_at",), name="login_challenge_by_expiry")]


def has_second_factor() -> Q:
    """Annotate a look-up of people with whether they have one."""
    return Q(Exists(SecondFactor.objects.filter(user=OuterRef("pk"), confirmed_at__isnull=False))) | Q(
        Exists(Passkey.objects.filter(user=OuterRef("pk")))
    )


def has_one(user: User) -> bool:
    """Say whether somebody has one, of whatever kind."""
    return User.with_removed.filter(has_second_factor(), id=user.id).exists()
