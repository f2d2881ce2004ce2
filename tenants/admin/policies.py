"""The organization's policies in the dashboard (Django admin): whose pages may call the API (CORS), switching."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from tenants.current_organization import change_policies, own_organization
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
    own = own_organization()
    kept = {"allowed_origins": "\n".join(own.allowed_origins), "allows_switching": own.allows_switching}
    form = PoliciesForm(request.POST if request.method == "POST" else None, initial=kept)
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data | {"allowed_origins": form.cleaned_data["allowed_origins"].split()}
        if attempt(request, lambda: change_policies(**wanted), done="The policies are changed."):
            return HttpResponseRedirect(request.path)
    context: dict[str, Any] = {"title": "Policies", "form": form, **dashboard.each_context(request)}
    return TemplateResponse(request, "admin/dashboard/policies.html", context)
