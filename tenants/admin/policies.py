"""The organization's policies in the dashboard (Django admin): origins (CORS), networks (CIDR), switching."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from tenants.policies import change_policies, own_policies
from workix.admin.model_admin import attempt, may
from workix.admin.sites import dashboard
from workix.config.origins import LONGEST_ORIGIN, MOST_ORIGINS
from workix.web.networks import LONGEST_NETWORK, MOST_NETWORKS


def _lines() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 6, "class": "vLargeTextField", "spellcheck": "false"})


class PoliciesForm(forms.Form):
    """What an admin decides for the organization."""

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


@dashboard.view("policies/", "policies")
def policies(request: HttpRequest) -> HttpResponse:
    """Show the policies, and change them."""
    if not may(request, "policies:write"):
        raise PermissionDenied
    kept = {name: each if isinstance(each, bool) else "\n".join(each) for name, each in asdict(own_policies()).items()}
    form = PoliciesForm(request.POST if request.method == "POST" else None, initial=kept)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        wanted: dict[str, Any] = {
            name: each if isinstance(each, bool) else each.split() for name, each in given.items()
        }
        if attempt(request, lambda: change_policies(**wanted), done="The policies are changed."):
            return HttpResponseRedirect(request.path)
    context: dict[str, Any] = {"title": "Policies", "form": form, **dashboard.each_context(request)}
    return TemplateResponse(request, "admin/dashboard/policies.html", context)
