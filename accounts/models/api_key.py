"""ApiKey: what a service calls the API with; a row is the service, and holds the hashes of one key or, while it rotates, two."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache

from django.db import models

from accounts.models.key_holder import KeyHolder
from accounts.models.user import User
from audit.registry import audited
from workix.core.apps import scopes as known_scopes
from workix.core.classification import ordinary, personal
from workix.core.current import Actor
from workix.core.models import swept


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
