"""Forms of API keys in the dashboard (django.forms)."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.api_keys.keys import LONGEST_OVERLAP
from workix.admin.fields import MomentField
from workix.admin.model_admin import CapabilityForm
from workix.core.apps import permissions, scopes
from workix.web.networks import LONGEST_NETWORK, MOST_NETWORKS


class ApiKeyForm(CapabilityForm):
    """What a key is called, what it may do, from where, and until when."""

    scopes = forms.MultipleChoiceField(
        choices=lambda: [(name, f"{name}: {permissions()[name].description}") for name in sorted(scopes())],
        widget=forms.CheckboxSelectMultiple,
        help_text="What a service with this key may do. You answer for it.",
    )
    networks = forms.CharField(
        required=False,
        max_length=MOST_NETWORKS * (LONGEST_NETWORK + 2),
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField", "spellcheck": "false"}),
        help_text="One a line: 203.0.113.0/24 or 2001:db8::/32. The key is refused from anywhere else. None: from anywhere.",
    )
    expires_at = MomentField(
        label="Expires (UTC)",
        help_text="Left empty, it has no end.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lists = {"scopes": self.instance.scopes.split(), "networks": "\n".join(self.instance.networks.split())}
        self.initial = {**self.initial, **lists}

    def given(self, *names: str) -> dict[str, Any]:
        """Return these fields as the capability takes them."""
        found = {name: self.cleaned_data[name] for name in names}
        return found | ({"networks": found["networks"].split()} if "networks" in found else {})


class RotationForm(forms.Form):
    """For how long the old key is good, too."""

    overlap_hours = forms.IntegerField(
        label="Hours the old key is good, too",
        min_value=0,
        max_value=int(LONGEST_OVERLAP.total_seconds()) // 3600,
        initial=24,
        help_text="Time to give the service its new key. 0: the old one ends at once, as for one that leaked.",
    )
