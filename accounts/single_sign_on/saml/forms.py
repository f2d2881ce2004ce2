"""The form of a SAML identity provider in the dashboard (django.forms)."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.single_sign_on.forms import ProviderForm
from accounts.single_sign_on.saml.attributes import WELL_KNOWN

_WIDE = {"class": "vURLField", "spellcheck": "false"}
_LINES = {"rows": 6, "class": "vLargeTextField", "spellcheck": "false"}
_KNOWN = "Attribute whose value this is, if it has another name than the usual ones."


def _attribute(label: str) -> Any:
    return forms.CharField(label=label, max_length=255, required=False, help_text=_KNOWN)


class SamlForm(ProviderForm):
    """A SAML provider, as an admin types it: the address of its metadata, or the metadata, or what is in there."""

    known_by = ("metadata_url", "metadata", "entity_id", "sso_url", "certificates")
    setting_names = (*known_by, *WELL_KNOWN)

    metadata_url = forms.CharField(
        label="Metadata address",
        max_length=500,
        required=False,
        widget=forms.URLInput(attrs=_WIDE),
        help_text="The simplest way, where the provider has one: certificates are then followed by themselves.",
    )
    metadata = forms.CharField(
        label="Or metadata",
        max_length=262_144,
        required=False,
        widget=forms.Textarea(attrs=_LINES),
        help_text="The content of the provider's metadata file (XML). It fills in the next three when you save.",
    )
    entity_id = forms.CharField(
        label="Or entity ID", max_length=1_024, required=False, help_text="What the provider calls itself (Issuer)."
    )
    sso_url = forms.CharField(
        label="Sign-on address",
        max_length=500,
        required=False,
        widget=forms.URLInput(attrs=_WIDE),
        help_text="Where it signs people on (single sign-on URL, HTTP-Redirect).",
    )
    certificates = forms.CharField(
        max_length=49_152,
        required=False,
        widget=forms.Textarea(attrs=_LINES),
        help_text="PEM. Before it changes its certificate, put the next one below the one in use.",
    )
    email_attribute = _attribute("Attribute with the address")
    first_name_attribute = _attribute("Attribute with the first name")
    last_name_attribute = _attribute("Attribute with the last name")
    groups_attribute = _attribute("Attribute with groups")
