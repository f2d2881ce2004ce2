"""The organization's policies in the dashboard (Django admin): passwords, origins (CORS), networks (CIDR), switching."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from accounts.policies.forms import PoliciesForm, as_typed
from accounts.policies.organization_policies import change_policies, read_policies
from workix.admin.model_admin import attempt, may
from workix.admin.sites import dashboard


@dashboard.view("policies/", "policies")
def policies(request: HttpRequest) -> HttpResponse:
    """Show the policies, and change them."""
    if not may(request, "policies:write"):
        raise PermissionDenied
    form = PoliciesForm(request.POST if request.method == "POST" else None, initial=as_typed(read_policies()))
    if request.method == "POST" and form.is_valid():
        wanted = form.wanted()
        if attempt(request, lambda: change_policies(**wanted), done="The policies are changed."):
            return HttpResponseRedirect(request.path)
    context: dict[str, Any] = {"title": "Policies", "form": form, **dashboard.each_context(request)}
    return TemplateResponse(request, "admin/dashboard/policies.html", context)
