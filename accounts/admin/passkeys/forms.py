"""Forms of passkeys (django.forms): what it is called, and what our script got from the browser (WebAuthn's JSON)."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.http import HttpRequest

from accounts.passkeys.challenges import PasskeyNotValid
from accounts.passkeys.credentials import NewPasskeySerializer, SignedSerializer, assertion, new_passkey
from accounts.passkeys.registration import New
from accounts.passkeys.webauthn import Assertion
from workix.core.models import ONE_LINE, SAYS_SOMETHING

#: Characters: more than the serializers let the parts have together.
_LONGEST = 30_000


class NameForm(forms.Form):
    """What a passkey is called."""

    name = forms.CharField(
        label="Name",
        max_length=100,
        help_text="To know it by: the device, or the app that keeps it.",
        validators=[ONE_LINE, SAYS_SOMETHING],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


def sent_assertion(request: HttpRequest) -> Assertion:
    """Read what a page sends that asked for a signature.

    :raises PasskeyNotValid: when it is none.
    """
    given = SignedSerializer(data={"credential": _credential(request)})
    if not given.is_valid():
        raise PasskeyNotValid
    return assertion(given.validated_data["credential"])


def sent_passkey(request: HttpRequest, name: str) -> New:
    """Read what a page sends that had a passkey made.

    :raises PasskeyNotValid: when it is none.
    """
    given = NewPasskeySerializer(data={"name": name, "credential": _credential(request)})
    if not given.is_valid():
        raise PasskeyNotValid
    return new_passkey(given.validated_data)


def _credential(request: HttpRequest) -> Any:
    sent = request.POST.get("credential", "")
    try:
        return json.loads(sent) if len(sent) <= _LONGEST else None
    except (ValueError, RecursionError):
        return None
