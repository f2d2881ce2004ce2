"""Secrets of identity providers (client secrets), encrypted at rest, and readable for the one provider they were given for."""

# Note [The secret of a provider]
# It is sent to the provider at each sign-on, so it can't be a hash. What it is encrypted for names organization, row and
# issuer: a statement that puts it into another row, or another issuer into this one, makes it unreadable instead of having us
# send it there. For the same reason an admin who names another issuer has to give the secret anew.

from __future__ import annotations

from contextlib import suppress

from django.db import transaction

from accounts.models import IdentityProvider
from accounts.single_sign_on.identity import SignOnFailed
from workix.config.encryption import DecryptionError, decrypt_at_rest, encrypt_at_rest, is_of_newest_key
from workix.core.current import Current


def keep(provider: IdentityProvider, secret: str) -> None:
    """Put the secret into the row, or take it out. See Note [The secret of a provider]."""
    provider.encrypted_secret = encrypt_at_rest(_purpose(provider), secret) if secret else ""


def reveal(provider: IdentityProvider) -> str:
    """Return the secret; none is "".

    :raises SignOnFailed: when it can't be read any more, since the issuer or the keys are others.
    """
    if not provider.encrypted_secret:
        return ""
    try:
        return decrypt_at_rest(_purpose(provider), provider.encrypted_secret)
    except DecryptionError as error:
        raise SignOnFailed("The client secret can't be read any more: give it anew.") from error


def renew() -> None:
    """Encrypt under the newest key what is under an older one. See Note [Encryption at rest]."""
    with transaction.atomic():
        for provider in IdentityProvider.objects.exclude(encrypted_secret="").select_for_update():
            if not is_of_newest_key(_purpose(provider), provider.encrypted_secret):
                with suppress(SignOnFailed):  # it can't be read any more, and an admin has to give it anew
                    keep(provider, reveal(provider))
                    provider.save(update_fields=["encrypted_secret", "updated_at"])


def _purpose(provider: IdentityProvider) -> str:
    issuer = provider.settings.get("issuer", "")
    return f"identity provider {Current.organization.id} {provider.id} {issuer}"
