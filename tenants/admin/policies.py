"""The organization's policies in the dashboard (Django admin): from which origins pages may call the API (CORS)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from tenants.current_organization import allow_origins, own_organization
from workix.admin.model_admin import attempt, may
from workix.admin.sites import dashboard
from workix.config.origins import LONGEST_ORIGIN, MOST_ORIGINS


class PoliciesForm(forms.Form):
    """What an admin decides for the organization."""

    allowed_origins = forms.CharField(
        label="Allowed origins",
        required=False,
        max_length=MOST_ORIGINS * (LONGEST_ORIGIN + 2),
        widget=forms.Textarea(attrs={"rows": 6, "class": "vLargeTextField", "spellcheck": "false"}),
        help_text="One a line: https://app.example.com. Pages of these may call the API on this host.",
    )


@dashboard.view("policies/", "policies")
def policies(request: HttpRequest) -> HttpResponse:
    """Show the policies, and change them."""
    if not may(request, "policies:write"):
        raise PermissionDenied
    kept = {"allowed_origins": "\n".join(own_organization().allowed_origins)}
    form = PoliciesForm(request.POST if request.method == "POST" else None, initial=kept)
    if request.method == "POST" and form.is_valid():
        origins = form.cleaned_data["allowed_origins"].split()
        if attempt(request, lambda: allow_origins(origins), done="The policies are changed."):
            return HttpResponseRedirect(request.path)
    context: dict[str, Any] = {"title": "Policies", "form": form, **dashboard.each_context(request)}
    return TemplateResponse(request, "admin/dashboard/policies.html", context)
