"""Passkey (WebAuthn credential): what signs in place of a password."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models.user import User
from audit.registry import audited
from workix.core.classification import ordinary, personal
from workix.core.models import Record, SingleLineField, not_imported


# How it was used is no act; the log-in it opened is. Its key is no secret: one that was put in its place shows in the trail.
@not_imported("it lets somebody in, and is good at its host alone")
@audited("passkey", unrecorded=("updated_at", "sign_count", "is_backed_up", "last_used_at"), named_by=("name",))
class Passkey(Record):
    """A key pair whose private half an authenticator keeps. It is good at one host: see Note [Relying parties]."""

    user: models.ForeignKey[User, User] = personal(
        models.ForeignKey(User, on_delete=models.CASCADE, related_name="passkeys")
    )
    name = personal(SingleLineField(max_length=100))
    rp_id = ordinary(models.CharField(max_length=253))
    #: 1,023 bytes at most (WebAuthn, 4), base64url, as browsers send it.
    credential_id = personal(models.CharField(max_length=1364))
    #: A COSE key (RFC 9052), CBOR in base64url.
    public_key = personal(models.TextField())
    #: How often it has signed, where its authenticator counts; 0 where it does not. See Note [Sign count].
    sign_count = ordinary(models.BigIntegerField(default=0))
    #: The model of the authenticator, as it says itself.
    aaguid = personal(models.UUIDField())
    #: How browsers reach it ("internal hybrid"), to ask for it in the right way.
    transports = ordinary(models.CharField(max_length=100, default="", blank=True))
    is_discoverable = ordinary(models.BooleanField(null=True))
    #: Whether it may be on several devices of its person (synchronized), and is.
    is_backup_eligible = ordinary(models.BooleanField(default=False))
    is_backed_up = ordinary(models.BooleanField(default=False))
    #: To the day: when somebody works is their own business.
    last_used_at = personal(models.DateTimeField(null=True))

    class Meta:
        db_table = "passkeys"
        ordering = ("created_at", "id")
        constraints = [
            models.UniqueConstraint(fields=("credential_id",), name="passkey_once"),
            models.CheckConstraint(
                condition=Q(sign_count__gte=0) & Q(sign_count__lt=2**32), name="passkey_counts_in_32_bits"
            ),
        ]

    def __str__(self) -> str:
        return self.name
