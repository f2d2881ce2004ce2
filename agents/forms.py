"""Forms of agents in the dashboard (django.forms)."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.api_keys.forms import ApiKeyForm
from workix.core.apps import agent_scopes, permissions


class AgentForm(ApiKeyForm):
    """What an agent is called and for, what it may use of its owner's permissions, how far, and until when."""

    scopes = forms.MultipleChoiceField(
        choices=lambda: [(name, f"{name}: {permissions()[name].description}") for name in sorted(agent_scopes())],
        widget=forms.CheckboxSelectMultiple,
        help_text="What it may use of its owner's permissions. What the owner does not hold, it does not either.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, help_text in _HELP.items():
            self.fields[name].help_text = help_text


_HELP = {
    "purpose": "What it is for, in a sentence. Who approves what it asks for reads this.",
    "model_label": "What it runs on, as you call it.",
    "mode": "A new agent only tries. Supervised, what is risky waits until an admin approves it. Of a live one, an admin"
    " decides all but its name, purpose and model.",
    "calls_per_hour": "Left empty, there is no limit but that of everybody.",
    "deletions_per_day": "Left empty, there is no limit. 0: it deletes nothing.",
    "quota_share": "Percent of each quota that it may use. Left empty, all of it.",
    "budget_units": "Units of cost that it may spend, as its runtime reports them. Spent, it changes nothing more.",
}
