"""IdentityProvider, ExternalIdentity and SignOn: who signs an organization's people on (OpenID Connect, SAML), whom, and when."""

# Note [The subject decides]
# A provider knows its people by a subject that it never gives to anybody else; an address it may. So an address is looked at
# once, when somebody comes for the first time, and only where the provider speaks for it (accounts/single_sign_on/people.py).
# From then on the row of `external_identities` says who they are, whatever address the provider tells.

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import Q

from accounts.models.user import ROLES, User
from audit.registry import audited
from workix.core.classification import ordinary, personal, secret
from workix.core.models import Record, SingleLineField, not_audited, not_imported, swept
from workix.core.permissions import Role

LONGEST_SUBJECT = 255
LONGEST_RETURN = 500


class SignOnProtocol(models.TextChoices):
    OIDC = "oidc", "OpenID Connect"
    SAML = "saml", "SAML 2.0"


@not_imported("it says who people are; its secret, and what it knows of us, are of the former platform")
@audited("identity_provider")
class IdentityProvider(Record):
    """Somebody whose word an organization's admins take for who a person is. It is worth nothing outside the organization."""

    name = ordinary(SingleLineField(max_length=100))
    protocol = ordinary(
        models.CharField(
            max_length=10, choices=SignOnProtocol.choices, default=SignOnProtocol.OIDC.value, editable=False
        )
    )
    is_enabled = ordinary(models.BooleanField(default=False))
    #: What the protocol needs, checked by accounts/single_sign_on/protocols.py.
    settings = ordinary(models.JSONField(default=dict))
    #: See Note [The secret of a provider] in accounts/single_sign_on/provider_secrets.py.
    encrypted_secret = secret(models.TextField(default="", blank=True))
    #: Whose addresses it may speak for, separated by blanks.
    domains = ordinary(models.TextField(default="", blank=True))
    #: Whether an address of these is somebody's because the provider says so, and without it saying that it was verified.
    is_authoritative = ordinary(models.BooleanField(default=False))
    #: Whether somebody who was never here becomes a person at their first sign-on (just in time); else they are invited first.
    creates_people = ordinary(models.BooleanField(default=False))
    default_role = ordinary(models.CharField(max_length=10, choices=ROLES, default=Role.USER.value))
    #: Group, as the provider calls it -> role. Where there are any the role follows them at each sign-on.
    group_roles = ordinary(models.JSONField(default=dict, blank=True))

    class Meta:
        db_table = "identity_providers"
        ordering = ("created_at", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(protocol__in=SignOnProtocol.values), name="identity_provider_speaks_a_known_protocol"
            ),
            models.CheckConstraint(
                condition=Q(default_role__in=[Role.USER.value, Role.VIEWER.value]), name="nobody_is_an_admin_by_default"
            ),
        ]

    def __str__(self) -> str:
        return self.name


@not_imported("it lets somebody in")
@audited("external_identity", unrecorded=("last_used_at", "updated_at"), named_by=("subject",))
class ExternalIdentity(Record):
    """Whom a provider means by a subject. See Note [The subject decides]."""

    user: models.ForeignKey[User, User] = personal(
        models.ForeignKey(User, on_delete=models.CASCADE, related_name="external_identities")
    )
    provider: models.ForeignKey[IdentityProvider, IdentityProvider] = ordinary(
        models.ForeignKey(IdentityProvider, on_delete=models.CASCADE, related_name="identities")
    )
    subject = personal(models.CharField(max_length=LONGEST_SUBJECT))
    last_used_at = personal(models.DateTimeField())

    class Meta:
        db_table = "external_identities"
        ordering = ("created_at", "id")
        constraints = [
            models.UniqueConstraint(fields=("provider", "subject"), name="external_identity_once"),
            models.UniqueConstraint(fields=("provider", "user"), name="external_identity_once_per_person"),
        ]

    def __str__(self) -> str:
        return self.subject


class SignOnPurpose(models.TextChoices):
    PAGES = "pages", "Pages"
    CODE = "code", "One-time code for a front-end"
    TEST = "test", "Test by an admin"
    STEP_UP = "step_up", "Step-up of a session"


@swept("expires_at", kept=timedelta(days=7))
@not_audited("it opens nothing by itself; the sign-on that it becomes is recorded, and so is one that is refused")
class SignOn(Record):
    """A sign-on that somebody began in a browser. Of what the browser holds only keyed hashes are kept.

    See Note [Bound to the browser] in accounts/single_sign_on/attempts.py.
    """

    provider: models.ForeignKey[IdentityProvider, IdentityProvider] = ordinary(
        models.ForeignKey(IdentityProvider, on_delete=models.CASCADE, related_name="sign_ons")
    )
    purpose = ordinary(
        models.CharField(max_length=10, choices=SignOnPurpose.choices, default=SignOnPurpose.PAGES.value)
    )
    state_hash = secret(models.CharField(max_length=64))
    browser_hash = secret(models.CharField(max_length=64))
    #: A path of ours, or an address of an allowed origin.
    return_to = ordinary(models.CharField(max_length=LONGEST_RETURN, default=""))
    #: Whoever tests, an admin, or proves once more who they are (step-up): in a session of theirs.
    begun_by: models.ForeignKey[User | None, User | None] = personal(
        models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+")
    )
    #: The session that is stepped up, and no other.
    begun_in = ordinary(models.UUIDField(null=True))
    expires_at = ordinary(models.DateTimeField())
    used_at = ordinary(models.DateTimeField(null=True))
    #: See Note [A code instead of tokens] in accounts/single_sign_on/front_ends/codes.py.
    code_challenge = secret(models.CharField(max_length=43, default=""))
    code_hash = secret(models.CharField(max_length=64, null=True))
    code_expires_at = ordinary(models.DateTimeField(null=True))
    redeemed_at = ordinary(models.DateTimeField(null=True))
    user: models.ForeignKey[User | None, User | None] = personal(
        models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+")
    )

    class Meta:
        db_table = "sign_ons"
        indexes = [models.Index(fields=("expires_at",), name="sign_on_by_expiry")]
        constraints = [models.UniqueConstraint(fields=("state_hash",), name="sign_on_once")]
