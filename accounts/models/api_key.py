"""ApiKey: what a service calls the API with; a row is the service, and holds the hashes of one key or, while it rotates, two.

KeyHolder, its abstract model, is that of agents, too.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache

from django.db import models

from accounts.models.user import User
from audit.registry import audited
from workix.core.apps import scopes as known_scopes
from workix.core.classification import ordinary, personal, secret
from workix.core.current import Actor
from workix.core.models import Record, SingleLineField, SoftDeletion, swept

# Note [One row, two keys]
# What rotates is the key, and not the service that holds it: in the trail, in idempotency and in what it took from a quota
# it is the same actor before and after. So a row has room for the key and for the one before it, which is good until
# `previous_expires_at`. Either hash has a unique index, and a request looks in both with one statement.


class KeyHolder(Record, SoftDeletion):
    """A name, and a key that may do what its scopes say. See Note [One row, two keys]."""

    name = ordinary(SingleLineField(max_length=100))
    prefix = ordinary(models.CharField(max_length=40))
    key_hash = secret(models.CharField(max_length=64))
    previous_hash = secret(models.CharField(max_length=64, null=True))
    previous_expires_at = ordinary(models.DateTimeField(null=True))
    #: Separated by blanks, as OAuth 2 writes them (RFC 6749, section 3.3), in the order of the alphabet.
    scopes = ordinary(models.TextField())
    #: From where it may come (CIDR), separated by blanks; from anywhere, where there are none.
    networks = ordinary(models.TextField(default="", blank=True))
    expires_at = ordinary(models.DateTimeField(null=True, blank=True))
    last_used_at = ordinary(models.DateTimeField(null=True))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    def old_key_expires_at(self, *, now: datetime) -> datetime | None:
        """Until when the key from before the last rotation is good, too."""
        until = self.previous_expires_at
        return until if until and until > now else None


class ApiKeyManager(models.Manager["ApiKey"]):
    """Keys that nobody has revoked."""

    def get_queryset(self) -> models.QuerySet[ApiKey]:
        return super().get_queryset().filter(deleted_at__isnull=True)


@swept("deleted_at", kept=timedelta(days=365))
@audited("api_key", unrecorded=("last_used_at", "updated_at"))
class ApiKey(KeyHolder):
    """A key of a service. It acts for itself, and may do what its scopes say. See Note [One row, two keys].

    To REST framework it is a user, since it is who asks.
    """

    created_by: models.ForeignKey[User | None, User | None] = personal(
        models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    )
    #: Who answers for what it may do: an admin, and when they last said so.
    confirmed_by: models.ForeignKey[User | None, User | None] = personal(
        models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    )
    confirmed_at = ordinary(models.DateTimeField())

    objects = ApiKeyManager()
    with_revoked = models.Manager()

    #: What code that is written for users asks of whoever is logged in.
    is_authenticated = is_active = True
    is_anonymous = is_operator = False
    #: See Note [Step-up]: nobody is at hand who could log in again.
    is_service = True

    class Meta:
        db_table = "api_keys"
        ordering = ("-created_at", "-id")
        indexes = [models.Index(fields=("deleted_at",), name="api_key_by_end")]
        constraints = [
            models.UniqueConstraint(fields=("key_hash",), name="api_key_once"),
            models.UniqueConstraint(fields=("previous_hash",), name="previous_api_key_once"),
        ]

    @property
    def permissions(self) -> frozenset[str]:
        """What it may do: what it was given, as far as that may still be given to keys."""
        return _granted(self.scopes)

    def has_perm(self, permission: str, obj: object = None) -> bool:
        return permission in self.permissions

    def as_actor(self) -> Actor:
        """Return who this is to the trail."""
        return Actor("api_key", self.id, self.name)

    def get_username(self) -> str:
        return self.name


@lru_cache(maxsize=4_096)
def _granted(scopes: str) -> frozenset[str]:
    return frozenset(scopes.split()) & known_scopes()
