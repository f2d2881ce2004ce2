"""The kill switch in the dashboard (Django admin): Stop on the page of an agent, Stop all on their list, and starting again."""

from __future__ import annotations

from functools import partial
from typing import Any, cast
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.api_keys.admin.key_pages import KeyPages
from accounts.models import User
from agents.agents import MANAGE
from agents.limits.usage import usage_of
from agents.models import Agent
from agents.stopping.kill_switch import restart, stop, stop_all
from workix.admin.addresses import page_of_row
from workix.admin.model_admin import attempt
from workix.core.current import LONGEST_REASON
from workix.core.errors import ProblemError
from workix.core.models import SAYS_SOMETHING
from workix.core.permissions import holds

#: Why, where nobody says: the switch asks no questions.
UNSAID = "Stopped in the dashboard."


class ReasonForm(forms.Form):
    """Why somebody does it."""

    reason = forms.CharField(
        max_length=LONGEST_REASON,
        validators=[SAYS_SOMETHING],
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="It is kept in the trail, and shown with the agent.",
    )


class StopPages(KeyPages):
    """Stops agents, and starts one again; shows how much of its limits one used."""

    change_list_template = "admin/dashboard/agents.html"

    def get_urls(self) -> list[URLPattern]:
        to_all = path("stop-all/", self.admin_site.admin_view(self.stop_all), name="agents_agent_stop_all")
        acts = [self._page("stop", require_POST(self.stop)), self._page("restart", self.restart)]
        return [to_all, *acts, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {**(extra_context or {}), "manages": holds(request.user, MANAGE)})

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        agent: Agent | None = kwargs.get("obj")
        if agent is not None:
            context |= {"use": usage_of(agent, now=timezone.now()), "manages": holds(request.user, MANAGE)}
        return super().render_change_form(request, context, *args, **kwargs)

    def stop(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Stop an agent at once, by one click."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        act = partial(stop, pk, by=cast(User, request.user), reason=UNSAID, now=timezone.now())
        attempt(request, act, done="It is stopped. Its key is dead, and what it had waiting is dropped.")
        return HttpResponseRedirect(page_of_row(Agent._meta, pk, self.admin_site.name))

    def stop_all(self, request: HttpRequest) -> HttpResponse:
        """Ask why, with an answer already there, and stop every agent of the organization."""
        if not holds(request.user, MANAGE):
            raise PermissionDenied
        form = ReasonForm(request.POST or None, initial={"reason": UNSAID})
        if request.method == "POST" and form.is_valid():
            act = partial(stop_all, reason=form.cleaned_data["reason"], now=timezone.now())
            attempt(
                request, act, done="All agents are stopped. Their keys are dead, and what they had waiting is dropped."
            )
            return HttpResponseRedirect(reverse(f"{self.admin_site.name}:agents_agent_changelist"))
        says = "Every agent of the organization is stopped, from its next call on. An admin starts each again, with a new key."
        context = {"title": "Stop all agents", "opts": self.opts, "form": form, "says": says, "does": "Stop all"}
        return TemplateResponse(request, "admin/dashboard/act.html", self.admin_site.each_context(request) | context)

    def restart(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Ask why, and show the new key."""
        agent = self._get(request, pk)
        if not holds(request.user, MANAGE):
            raise PermissionDenied
        form = ReasonForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                again = restart(pk, by=cast(User, request.user), reason=form.cleaned_data["reason"])
            except ProblemError as refusal:
                form.add_error("reason", refusal.detail)
            else:
                return self._show(request, again)
        says = f"It was stopped: {agent.stop_reason} It gets a new key, which is shown once."
        context = self._context(request, agent, title=f"Start {agent} again")
        context |= {"form": form, "says": says, "does": "Start again"}
        return TemplateResponse(request, "admin/dashboard/act.html", context)
