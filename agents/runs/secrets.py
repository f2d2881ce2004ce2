"""Secrets in what people and agents write into the audit trail (reasons, words): what looks like one is refused."""

# Note [Kept words]
# Nobody changes the trail any more, and it is shown to people and handed to auditors. So a word that looks like a secret is
# refused before it is there: who wrote it writes it anew, and what was to be done is not done yet.

from __future__ import annotations

from django.core.exceptions import ValidationError

from workix.core.errors import Invalid
from workix.observability.logs.redaction import without_secrets

_SAY = "There is what looks like a secret in it, and it would be kept."


def refuse_secret(text: str, *, field: str) -> None:
    """Make sure that a text may be kept. See Note [Kept words].

    :raises Invalid: when it holds what looks like a secret, naming the field it came in.
    """
    if _holds_secret(text):
        raise Invalid(_SAY, field=field)


def no_secret(text: str) -> None:
    """Validate a field of a form (django.forms) by the same rule.

    :raises ValidationError: when it holds what looks like a secret.
    """
    if _holds_secret(text):
        raise ValidationError(_SAY)


def _holds_secret(text: str) -> bool:
    return bool(without_secrets(text) != text)
