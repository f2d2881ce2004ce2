"""KeyHolder: abstract model of whoever calls the API with a key (a service, an agent): hashes, scopes, networks, end."""

# Note [One row, two keys]
# What rotates is the key, and not the service that holds it: in the trail, in idempotency and in what it took from a quota
# it is the same actor before and after. So a row has room for the key and for the one before it, which is good until
# `previous_expires_at`. Either hash has a unique index, and a request looks in both with one statement.

from __future__ import annotations

from datetime import datetime

from django.db import models

from workix.core.classification import ordinary, secret
from workix.core.models import Record, SingleLineField, SoftDeletion


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
