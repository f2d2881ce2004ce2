"""InvalidMessage: why a SAML message, or metadata, is refused, in a sentence for the admin who connects a provider."""

from __future__ import annotations


class InvalidMessage(ValueError):
    """The message is refused. Its sentence never repeats what the message says: strangers write it."""
