"""Proposals in the dashboard (Django admin): what would change, field by field, to approve or refuse with a word."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from accounts.models import User
from agents.models import OPEN, Proposal
from agents.models.proposal import LONGEST_WORD
from agents.proposals.deciding import approve, proposals_of, refuse
from agents.proposals.notices import DECIDE
from agents.proposals.staleness import ProposalStale
from agents.runs.secrets import no_secret
from audit.models import LogEntry
from audit.reading.timeline import table_of_changes
from workix.admin.addresses import page_of_row
from workix.admin.model_admin import ModelAdmin, may
from workix.admin.sites import dashboard
from workix.core.errors import ProblemError
from workix.core.models import ONE_LINE
from workix.core.permissions import require_recent_authentication


class WordForm(forms.Form):
    """Why it is decided so."""

    word = forms.CharField(
        label="Word",
        required=False,
        max_length=LONGEST_WORD,
        validators=[ONE_LINE, no_secret],
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="Why, in one line. The agent sees it, and the audit trail keeps it.",
    )


@admin.register(Proposal, site=dashboard)
class ProposalAdmin(ModelAdmin):
    """What agents ask approval for: those of who asks, or all, where they decide."""

    names = ("proposal", "proposals")
    title = "Proposals"
    position = 28
    empty = "No agent asks for approval. What waits for it, and what did, is shown here."
    required_permissions = {"view": "proposals:read"}
    change_form_template = "admin/dashboard/proposal.html"
    list_display = ("asked", "robot", "would", "now", "expires_at")
    list_display_links = ("asked",)
    list_filter = ("status",)
    ordering = ("-created_at", "-id")
    fieldsets = (
        (None, {"fields": ("robot", "now", "reason", "because", "expires_at", "decision")}),
        ("What would change", {"fields": ("predicted",)}),
        ("The call", {"fields": ("call", "run_id", "step_id", "answer_status")}),
    )
    readonly_fields = ("robot", "now", "because", "decision", "predicted", "call")

    @admin.display(description="Asked", ordering="created_at")
    def asked(self, proposal: Proposal) -> Any:
        return proposal.created_at

    @admin.display(description="Agent")
    def robot(self, proposal: Proposal) -> str:
        return f"{proposal.agent.name}: {proposal.agent.purpose}"

    @admin.display(description="State")
    def now(self, proposal: Proposal) -> str:
        return str(proposal.status_at(timezone.now()).label)

    @admin.display(description="What would change")
    def would(self, proposal: Proposal) -> str:
        more = len(proposal.changes) - 1
        return _sentence(proposal.changes[0]) + (f" and {more} more" if more > 0 else "")

    @admin.display(description="Why it waits")
    def because(self, proposal: Proposal) -> SafeString:
        matched = ((each["rule"], each["changes"]) for each in proposal.why)
        return format_html_join("", "<div>{} ({})</div>", matched)

    @admin.display(description="Decision")
    def decision(self, proposal: Proposal) -> str:
        if proposal.decided_at is None:
            return "None yet"
        by = proposal.decided_by.email if proposal.decided_by else "somebody who is not here any more"
        said = f": {proposal.word}" if proposal.word else ""
        return f"By {by}, {proposal.decided_at:%d %b %Y %H:%M} UTC{said}"

    @admin.display(description="Before and after")
    def predicted(self, proposal: Proposal) -> SafeString:
        """Say what would be done to each thing, with the fields of it."""
        told = ((_sentence(each), table_of_changes(_entry(each))) for each in proposal.changes)
        return format_html_join("", "<h3>{}</h3>{}", told)

    @admin.display(description="Call")
    def call(self, proposal: Proposal) -> SafeString:
        asked = f"{proposal.path}?{proposal.query}" if proposal.query else proposal.path
        return format_html("<code>{} {}</code>", proposal.method, asked)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Proposal]:
        return proposals_of(cast(User, request.user))

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        proposal = context["original"]
        waits = proposal.status_at(timezone.now()) in OPEN
        more = {"decides": waits and may(request, DECIDE), "title": self.would(proposal), "subtitle": None}
        return super().render_change_form(request, context | more, *args, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        acts = {"approval": self.approval, "refusal": self.refusal}
        name_of, wrap = "agents_proposal_{}".format, self.admin_site.admin_view
        made = [path(f"<uuid:pk>/{name}/", wrap(act), name=name_of(name)) for name, act in acts.items()]
        return [*made, *super().get_urls()]

    def approval(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Ask for a word, and do it."""
        proposal = self._get(request, pk)
        require_recent_authentication(request.user, now=timezone.now())

        def act(word: str) -> Proposal:
            return approve(pk, by=cast(User, request.user), word=word, asked=request, now=timezone.now())

        return self._decide(request, proposal, act, does="Approve", says="It is done at once, as the agent.")

    def refusal(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Ask for a word, and have it never done."""

        def act(word: str) -> Proposal:
            return refuse(pk, by=cast(User, request.user), word=word, now=timezone.now())

        return self._decide(request, self._get(request, pk), act, does="Refuse", says="It is never done.")

    def _decide(
        self, request: HttpRequest, proposal: Proposal, act: Callable[[str], Proposal], *, does: str, says: str
    ) -> HttpResponse:
        form = WordForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                decided = act(form.cleaned_data["word"])
            except ProposalStale as refusal:
                changed = "; ".join(str(each["what"]) for each in refusal.extra["changed"])
                messages.error(request, f"{refusal.detail} {changed}".strip())
            except ProblemError as refusal:
                messages.error(request, refusal.detail)
            else:
                messages.success(request, self.now(decided) + ".")
            return HttpResponseRedirect(page_of_row(Proposal._meta, proposal.pk, self.admin_site.name))
        title = f"{does}: {self.would(proposal)}"
        context = self.admin_site.each_context(request) | {"title": title, "opts": self.opts, "original": proposal}
        return TemplateResponse(
            request, "admin/dashboard/act.html", context | {"form": form, "says": says, "does": does}
        )

    def _get(self, request: HttpRequest, pk: UUID) -> Proposal:
        if not may(request, DECIDE):
            raise PermissionDenied
        proposal: Proposal | None = self.get_object(request, str(pk))
        if proposal is None:
            raise Http404
        return proposal


def _sentence(change: dict[str, Any]) -> str:
    """Say in plain words what would be done to one thing."""
    thing = f"{change['resource_type']} {change['resource_label']}".replace("_", " ").strip()
    return f"{thing} would be {change['action'].rpartition('.')[2].replace('_', ' ')}"


def _entry(change: dict[str, Any]) -> LogEntry:
    return LogEntry(resource_type=change["resource_type"], changes=change["changes"])
