"""Agents in the dashboard (Django admin): which there are, whose they are, what they may do, and how far."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

import agents.explanations.admin  # a page of its own
import agents.proposals.admin  # noqa: F401  # its pages, which are looked for here
from accounts.models import User
from agents.agents import Created, agents_of, change, create, remove, rotate
from agents.forms import AgentForm
from agents.models import Agent
from agents.stopping.pages import StopPages
from workix.admin.sites import dashboard


@admin.register(Agent, site=dashboard)
class AgentAdmin(StopPages):
    """The agents of the organization: those of who asks, or all, where they manage them."""

    names = ("agent", "agents")
    title = "Agents"
    holder = "agent"
    position = 26
    empty = "There is no agent. It is a program that acts on your behalf, as far as you let it: create one with the button above."
    labels = {"expires_at": "Expires (UTC)", "model_label": "Model", "quota_share": "Share of quotas (percent)"}
    required_permissions = {
        "view": "agents:read",
        "add": "agents:write",
        "change": "agents:write",
        "delete": "agents:write",
    }
    recent_authentication = ("add", "change")
    form = AgentForm
    change_form_template = "admin/dashboard/agent.html"
    delete_confirmation_template = "admin/dashboard/agent_removal.html"
    list_display = ("name", "on_behalf_of", "purpose", "mode", "now", "may", "last_used")
    list_filter = ("mode",)
    search_fields = ("name", "purpose", "prefix")
    search_help_text = "Name, purpose or beginning of the key"
    ordering = ("-created_at", "-id")
    fields = (
        *("name", "purpose", "model_label", "mode", "scopes", "networks", "expires_at"),
        *("calls_per_hour", "deletions_per_day", "quota_share", "budget_units"),
    )
    readonly_fields = ("now", "on_behalf_of", "prefix", "last_used_at", "old_key", "spent_units", "created_at")

    @admin.display(description="On behalf of", ordering="owner__email")
    def on_behalf_of(self, agent: Agent) -> str:
        return str(agent.owner or "nobody any more")

    @admin.display(description="State")
    def now(self, agent: Agent) -> str:
        """Say whether it can come in, and if not, why."""
        if agent.stopped_at is not None:
            return f"Stopped: {agent.stop_reason}" if agent.stop_reason else "Stopped"
        if agent.expires_at is not None and agent.expires_at <= timezone.now():
            return "Expired"
        owner = agent.owner
        is_here = owner is not None and owner.is_active and owner.deleted_at is None
        return "Active" if is_here else "Without an owner"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Agent]:
        return agents_of(cast(User, request.user))

    def save_model(self, request: HttpRequest, obj: Agent, form: Any, change: bool) -> None:
        by = cast(User, request.user)
        if change:
            _change(obj, form, by=by)
        else:
            created = create(by=by, now=timezone.now(), **form.given(*self.fields))
            obj.id = created.row.id
            request.issued = created  # type: ignore[attr-defined]  # for response_add()

    def delete_model(self, request: HttpRequest, obj: Agent) -> None:
        remove(obj.id, by=cast(User, request.user), now=timezone.now())

    def renew(self, pk: UUID, *, by: User, now: datetime, overlap: timedelta) -> Created:
        return rotate(pk, by=by, now=now, overlap=overlap)


def _change(agent: Agent, form: AgentForm, *, by: User) -> None:
    changes = form.given(*form.changed_data)
    if changes:
        change(agent.id, by=by, now=timezone.now(), **changes)
