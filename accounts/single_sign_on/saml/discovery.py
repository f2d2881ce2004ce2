"""Describes a SAML identity provider: by what an admin typed in, or by its metadata at an address, believed for an hour."""

# Note [Metadata at an address]
# Where a provider publishes its metadata, that is the truth: so a certificate that rolls over needs nobody. A process keeps
# what it read for an hour. When the address does not answer then, what was read before is believed for a day, so that the
# provider's log-in does not fall with its metadata. What is kept is the address's own word, and the same for everybody.

from __future__ import annotations

from datetime import datetime, timedelta

from accounts.models import IdentityProvider
from accounts.single_sign_on.identity import SignOnFailed
from accounts.single_sign_on.saml import extra
from accounts.single_sign_on.saml.description import Description
from accounts.single_sign_on.saml.messages.errors import InvalidMessage
from workix.web.outgoing import OutgoingError, fetch

BELIEVED, BELIEVED_AT_NEED = timedelta(hours=1), timedelta(days=1)
LARGEST = 256

_known: dict[str, tuple[datetime, Description]] = {}


def describe(provider: IdentityProvider, *, now: datetime) -> Description:
    """Return what is known of a provider. See Note [Metadata at an address].

    :raises SignOnFailed: when its metadata can't be read.
    :raises SamlNotInstalled: when the extra is missing.
    """
    extra.require()
    url = provider.settings["metadata_url"]
    return _described_at(url, now=now) if url else described_in(provider)


def described_in(provider: IdentityProvider) -> Description:
    """Return what an admin typed in."""
    settings = provider.settings
    return Description(settings["entity_id"], settings["sso_url"], settings["certificates"])


def forget_all() -> None:
    """Ask anew. For tests."""
    _known.clear()


def _described_at(url: str, *, now: datetime) -> Description:
    known = _known.get(url)
    if known is not None and now < known[0] + BELIEVED:
        return known[1]
    try:
        found = _read(url, now=now)
    except SignOnFailed:
        if known is None or now > known[0] + BELIEVED_AT_NEED:
            raise
        return known[1]
    if len(_known) >= LARGEST:
        _known.clear()
    _known[url] = now, found
    return found


def _read(url: str, *, now: datetime) -> Description:
    from accounts.single_sign_on.saml.metadata import read_metadata  # noqa: PLC0415  # See Note [The SAML extra]

    try:
        answer = fetch(url, headers={"Accept": "application/samlmetadata+xml, application/xml, text/xml"})
        if answer.status != 200:
            raise SignOnFailed(f"The provider answers {answer.status} at {url}.")
        found = read_metadata(answer.body)
    except OutgoingError as error:
        raise SignOnFailed(f"{url}: {error}") from error
    except InvalidMessage as error:
        raise SignOnFailed(f"The metadata at {url} can't be used. {error}") from error
    if found.valid_until is not None and found.valid_until <= now:
        raise SignOnFailed(f"The metadata at {url} is not valid any more (validUntil).")
    return found
