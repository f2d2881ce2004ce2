"""Forms of webhooks in the dashboard (django.forms)."""

from __future__ import annotations

from typing import Any

from django import forms

from webhooks.endpoints import LONGEST_OVERLAP
from workix.admin.model_admin import CapabilityForm
from workix.web.outgoing import LONGEST_URL


class WebhookForm(CapabilityForm):
    """Where to, and what it is called."""

    url = forms.CharField(
        label="Address",
        max_length=LONGEST_URL,
        widget=forms.URLInput(attrs={"class": "vURLField", "spellcheck": "false"}),
        help_text="https, and in the public internet: https://siem.example.com/workix. Put no secret into it.",
    )

    def given(self, *names: str) -> dict[str, Any]:
        """Return these fields as the capability takes them."""
        return {name: self.cleaned_data[name] for name in names}


class SecretRotationForm(forms.Form):
    """For how long the old secret signs, too."""

    overlap_hours = forms.IntegerField(
        label="Hours the old secret signs, too",
        min_value=0,
        max_value=int(LONGEST_OVERLAP.total_seconds()) // 3600,
        initial=24,
        help_text="Time to give the receiver its new secret. 0: the old one ends at once, as for one that leaked.",
    )


class ReplayForm(forms.Form):
    """From where on."""

    index = forms.IntegerField(
        label="From entry",
        min_value=0,
        max_value=2**63 - 1,
        help_text="Its index in the trail: 0 is the first. Every entry from there on is sent once more, with the id it had.",
    )
