"""The form of an organization's policies in the dashboard: passwords, origins (CORS), networks (CIDR), switching."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import User
from accounts.models.security_policy import (
    LONGEST_LIFETIME_DAYS,
    LONGEST_RETENTION_DAYS,
    MOST_ASKED_FOR,
    MOST_REMEMBERED,
    SHORTEST,
    SHORTEST_RETENTION_DAYS,
    SHORTEST_WITH_SECOND_FACTOR,
)
from accounts.policies.organization_policies import OrganizationPolicies
from workix.admin.fields import MomentField
from workix.config.origins import LONGEST_ORIGIN, MOST_ORIGINS
from workix.core.permissions import Role
from workix.web.networks import LONGEST_NETWORK, MOST_NETWORKS

_LISTS = ("allowed_origins", "allowed_networks")
_OFF_WHEN_EMPTY = ("password_lifetime_days", "second_factor_required_from", "audit_retention_days")


def _lines() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 6, "class": "vLargeTextField", "spellcheck": "false"})


class PoliciesForm(forms.Form):
    """What an admin decides for the organization. A number that is left out stays as it is."""

    password_length = forms.IntegerField(
        label="Password length",
        required=False,
        min_value=SHORTEST_WITH_SECOND_FACTOR,
        max_value=MOST_ASKED_FOR,
        help_text=f"The fewest characters of a new password, {SHORTEST} to {MOST_ASKED_FOR}. One in use stays good.",
    )
    password_history = forms.IntegerField(
        label="Password history",
        required=False,
        min_value=0,
        max_value=MOST_REMEMBERED,
        help_text="How many of somebody's last passwords they may not use again, the one they have among them; 0 is off.",
    )
    password_lifetime_days = forms.IntegerField(
        label="Password lifetime",
        required=False,
        min_value=1,
        max_value=LONGEST_LIFETIME_DAYS,
        help_text="After how many days a password has to be changed; empty is never, which we advise: people choose worse ones.",
    )
    second_factor_required_from = MomentField(
        label="Second factor required from (UTC)",
        help_text="Who has none by then enrols one at the next log-in. Give people some days; empty is everybody's own choice.",
    )
    allowed_origins = forms.CharField(
        label="Allowed origins",
        required=False,
        max_length=MOST_ORIGINS * (LONGEST_ORIGIN + 2),
        widget=_lines(),
        help_text="One a line: https://app.example.com. Pages of these may call the API on this host.",
    )
    allowed_networks = forms.CharField(
        label="Allowed networks",
        required=False,
        max_length=MOST_NETWORKS * (LONGEST_NETWORK + 2),
        widget=_lines(),
        help_text="One a line: 198.51.100.0/24. People and keys come in from these only, yours among them; empty is everywhere.",
    )
    allows_switching = forms.BooleanField(
        label="Switching",
        required=False,
        help_text="People may switch to and from other organizations of theirs that allow it, without logging in again.",
    )
    quota_warning_percent = forms.IntegerField(
        label="Warned from (per cent)",
        required=False,
        min_value=1,
        max_value=100,
        help_text="Admins get a mail when so much of a limit is taken, once a month, and once at the limit; 100 is then only.",
    )

    single_sign_on_only = forms.BooleanField(
        label="Single sign-on only",
        required=False,
        help_text="People come in by your identity provider, and by no password. Sign on yourself first.",
    )
    break_glass_admins = forms.MultipleChoiceField(
        label="Break-glass admins",
        required=False,
        choices=lambda: [
            (str(admin.id), admin.email) for admin in User.objects.filter(role=Role.ADMIN, is_active=True)
        ],
        widget=forms.CheckboxSelectMultiple,
        help_text="Who may use their password all the same, should the provider fail.",
    )

    audit_retention_days = forms.IntegerField(
        label="Audit trail kept for (days)",
        required=False,
        min_value=SHORTEST_RETENTION_DAYS,
        max_value=LONGEST_RETENTION_DAYS,
        help_text="Older entries are taken out every night, and what remains stays proven; empty is for ever.",
    )
    legal_hold = forms.BooleanField(
        label="Legal hold", required=False, help_text="Nothing of the audit trail is taken out, however old."
    )

    def wanted(self) -> dict[str, Any]:
        """Say what was typed as the capability takes it."""
        given = {name: each.split() if name in _LISTS else each for name, each in self.cleaned_data.items()}
        return {name: each for name, each in given.items() if each is not None or name in _OFF_WHEN_EMPTY}


def as_typed(policies: OrganizationPolicies) -> dict[str, Any]:
    """Write what was decided as somebody would type it."""
    kept = {name: getattr(policies.security, name) for name in policies.security.decisions()}
    lists = {name: "\n".join(getattr(policies.reach, name)) for name in _LISTS}
    others = {name: getattr(policies.reach, name) for name in ("allows_switching", "quota_warning_percent")}
    return kept | lists | others
