"""The approval policy in the dashboard (Django admin): which acts of agents wait, rule by rule, and who decides."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone

from agents.proposals.forms import FourEyesForm, RuleForms, as_typed
from agents.proposals.policy import change_policy, read_policy, version_of
from workix.admin.model_admin import attempt, may
from workix.admin.sites import dashboard
from workix.core.permissions import require_recent_authentication


@dashboard.view("approvals/", "approvals")
def approvals(request: HttpRequest) -> HttpResponse:
    """Show the rules, and change them."""
    if not may(request, "policies:write"):
        raise PermissionDenied
    is_sent, policy = request.method == "POST", read_policy()
    if is_sent:
        require_recent_authentication(request.user, now=timezone.now())
    form = FourEyesForm(
        request.POST if is_sent else None, initial={"four_eyes": policy.four_eyes, "seen": version_of(policy)}
    )
    rows = RuleForms(request.POST if is_sent else None, initial=as_typed(policy), prefix="rules")
    if is_sent and form.is_valid() and rows.is_valid():
        rules = [rule for row in rows if not row.cleaned_data.get("DELETE") and (rule := row.rule())]
        act = partial(change_policy, rules=rules, **form.cleaned_data)
        if attempt(request, act, done="What waits is decided."):
            return HttpResponseRedirect(request.path)
    context: dict[str, Any] = {"title": "Approvals", "form": form, "rows": rows, **dashboard.each_context(request)}
    return TemplateResponse(request, "admin/dashboard/approvals.html", context)
