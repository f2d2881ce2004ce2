"""Invitations in the dashboard (Django admin): who was invited, what became of it; invite, resend, withdraw."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts.invitations.issuing import invitations, invite, resend, withdraw
from accounts.models.invitation import STATUSES, Invitation, InvitationQuerySet, Status
from quotas.limits import balance_of
from quotas.resources import USERS
from workix.admin.model_admin import ModelAdmin, attempt
from workix.admin.sites import dashboard


class StateFilter(admin.SimpleListFilter):
    """By what an invitation is now, as the API has it."""

    title, parameter_name = "state", "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(STATUSES)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Invitation]) -> QuerySet[Invitation]:
        wanted = self.value()
        if wanted is None:
            return queryset
        if wanted not in Status:
            raise IncorrectLookupParameters
        assert isinstance(queryset, InvitationQuerySet)
        return queryset.in_state(wanted, now=timezone.now())


@admin.register(Invitation, site=dashboard)
class InvitationAdmin(ModelAdmin):
    """Who is asked to come. An invitation takes a seat until it is accepted, withdrawn, or over after seven days."""

    names = ("invitation", "invitations")
    position = 15
    empty = "Nobody is invited. Whoever you invite gets a link by e-mail and chooses a password."
    labels = {"email": "E-mail", "created_at": "Invited", "ended_at": "Ended"}
    required_permissions = {"view": "users:write", "add": "users:write", "manage": "users:write"}
    list_display = ("email", "role", "state", "sent_by", "expires_at", "sent_at")
    list_filter = (StateFilter,)
    search_fields = ("email", "first_name", "last_name")
    search_help_text = "Address or name"
    ordering = ("-created_at", "-id")
    actions = ("resend_selected", "withdraw_selected")

    @admin.display(description="State")
    def state(self, invitation: Invitation) -> str:
        return str(invitation.state_at(timezone.now()).label)

    @admin.display(description="Invited by")
    def sent_by(self, invitation: Invitation) -> str:
        return invitation.invited_by.email if invitation.invited_by else ""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Invitation]:
        return invitations()

    def get_fieldsets(self, request: HttpRequest, obj: Invitation | None = None) -> Any:
        person = ("email", "role", "first_name", "last_name")
        if obj is None:
            return [(None, {"fields": person, "description": "We send a link, and they choose a password."})]
        history = ("state", "sent_by", "created_at", "sent_at", "expires_at", "ended_at")
        return [(None, {"fields": person}), ("History", {"fields": history})]

    def get_readonly_fields(self, request: HttpRequest, obj: Invitation | None = None) -> Any:
        return ("state", "sent_by", "created_at", "sent_at", "expires_at", "ended_at") if obj is not None else ()

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        seats = balance_of(USERS)
        context = {"subtitle": f"{seats.used} of {seats.limit} seats are taken"}
        return super().changelist_view(request, context | (extra_context or {}))

    def save_model(self, request: HttpRequest, obj: Invitation, form: Any, change: bool) -> None:
        names = ("email", "role", "first_name", "last_name")
        obj.id = invite(**{name: form.cleaned_data[name] for name in names}, now=timezone.now()).id

    def has_manage_permission(self, request: HttpRequest) -> bool:
        return self._may(request, "manage")

    @admin.action(description="Resend the selected invitations", permissions=["manage"])
    def resend_selected(self, request: HttpRequest, selected: QuerySet[Invitation]) -> None:
        _each(request, selected, resend, done="A new link is on its way to {}.")

    @admin.action(description="Withdraw the selected invitations", permissions=["manage"])
    def withdraw_selected(self, request: HttpRequest, selected: QuerySet[Invitation]) -> None:
        _each(request, selected, withdraw, done="The invitation of {} is withdrawn.")


def _each(request: HttpRequest, selected: QuerySet[Invitation], act: Callable[..., object], *, done: str) -> None:
    now: datetime = timezone.now()
    for invitation_id, email in selected.values_list("id", "email"):
        _one(request, act, invitation_id, done=done.format(email), now=now)


def _one(request: HttpRequest, act: Callable[..., object], invitation_id: UUID, *, done: str, now: datetime) -> None:
    attempt(request, lambda: act(invitation_id, now=now), done=done)
