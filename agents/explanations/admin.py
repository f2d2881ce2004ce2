"""Who could do this? A page of the dashboard (Django admin): who holds a permission, and by what, now or at an earlier moment."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from agents.explanations.holders import Holder, holders
from agents.explanations.subjects import OTHERS
from workix.admin.fields import MomentField
from workix.admin.model_admin import may
from workix.admin.sites import dashboard
from workix.core.apps import grantable, permissions, scopes
from workix.core.errors import ProblemError
from workix.core.permissions import holds

#: Who is shown; of more the API has pages.
MOST_SHOWN = 500
KINDS = {"person": "Person", "api_key": "API key", "agent": "Agent"}


class WhoCouldForm(forms.Form):
    """Which permission, and when."""

    permission = forms.ChoiceField(choices=())
    at = MomentField(label="At (UTC)", help_text="A moment that is over. Empty: now.")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        offered = sorted(grantable() | scopes())
        self.fields["permission"].choices = [  # type: ignore[attr-defined]  # it is a ChoiceField
            (name, f"{name}: {permissions()[name].description}") for name in offered
        ]

    def found(self) -> list[Holder] | None:
        """Return who could; None where nothing was asked, or it is refused, which the form says."""
        if not self.is_bound or not self.is_valid():
            return None
        asked = self.cleaned_data
        try:
            return holders(asked["permission"], at=asked["at"], now=timezone.now())
        except ProblemError as refusal:
            self.add_error("at", refusal.detail)
            return None


@dashboard.view("who-could/", "who_could")
def who_could(request: HttpRequest) -> HttpResponse:
    """Show who could do what takes a permission."""
    if not may(request, OTHERS):
        raise PermissionDenied
    form = WhoCouldForm(request.GET or None)
    found = form.found()
    context: dict[str, Any] = {"title": "Who could do this?", "form": form, **dashboard.each_context(request)}
    if found is not None:
        context["rows"] = [(KINDS[each.type], each.label, ", ".join(each.by)) for each in found[:MOST_SHOWN]]
        context["more"] = max(0, len(found) - MOST_SHOWN)
    return TemplateResponse(request, "admin/dashboard/who_could.html", context)


@dashboard.panel
def way_to_who_could(request: HttpRequest) -> dict[str, bool]:
    """Lead there from the home page."""
    return {"may_ask_who_could": holds(request.user, OTHERS)}
