"""Secrets of endpoints (whsec_…), encrypted at rest; while one rotates there are two, and both sign (overlap)."""

# Note [The secret of an endpoint]
# Each delivery is signed with it, so it can't be a hash. What it is encrypted for names organization and row: a statement that
# copies it into another row makes it unreadable there, instead of having another endpoint's deliveries signed with it.

# Bulk write: takes out what is over, and writes what is under an older key anew.

from __future__ import annotations

import secrets
from base64 import b64encode
from contextlib import suppress
from datetime import datetime

from django.db import transaction

from webhooks.models import WebhookEndpoint
from webhooks.signatures import PREFIX
from workix.config.encryption import DecryptionError, decrypt_at_rest, encrypt_at_rest, is_of_newest_key
from workix.core.current import Current

#: Standard Webhooks asks for 24 to 64.
BYTES = 32


def write_secret() -> str:
    """Make a secret, as receivers are given it."""
    return PREFIX + b64encode(secrets.token_bytes(BYTES)).decode()


def encrypted(endpoint: WebhookEndpoint, secret: str) -> str:
    """Encrypt a secret for this row. See Note [The secret of an endpoint]."""
    return encrypt_at_rest(_purpose(endpoint), secret)


def secrets_of(endpoint: WebhookEndpoint, *, now: datetime) -> list[str]:
    """Return the secret, and the one before it while that is still good.

    :raises DecryptionError: when it can't be read any more, since the keys are others.
    """
    found = [endpoint.encrypted_secret]
    if endpoint.previous_secret and endpoint.previous_expires_at and endpoint.previous_expires_at > now:
        found.append(endpoint.previous_secret)
    return [decrypt_at_rest(_purpose(endpoint), each) for each in found]


def renew(*, now: datetime) -> None:
    """Take out what is over, and encrypt under the newest key what is under an older one. See Note [Encryption at rest]."""
    WebhookEndpoint.objects.filter(previous_expires_at__lte=now).update(previous_secret="", previous_expires_at=None)
    with transaction.atomic():
        for endpoint in WebhookEndpoint.objects.select_for_update():
            _renew(endpoint)


def _renew(endpoint: WebhookEndpoint) -> None:
    purpose, written = _purpose(endpoint), []
    for column in ("encrypted_secret", "previous_secret"):
        kept = getattr(endpoint, column)
        if kept and not is_of_newest_key(purpose, kept):
            with suppress(DecryptionError):  # it can't be read any more, and an admin has to rotate it
                setattr(endpoint, column, encrypt_at_rest(purpose, decrypt_at_rest(purpose, kept)))
                written.append(column)
    if written:
        endpoint.save(update_fields=[*written, "updated_at"])


def _purpose(endpoint: WebhookEndpoint) -> str:
    return f"webhook {Current.organization.id} {endpoint.id}"
