"""Identity providers in the dashboard (Django admin): who may add, test, enable and remove them does so here."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone

from accounts.models import IdentityProvider, SignOnProtocol, User
from accounts.single_sign_on.addresses import callback_address
from accounts.single_sign_on.forms import OidcForm, ProviderForm
from accounts.single_sign_on.pages import begin_test
from accounts.single_sign_on.providers import add, change, providers, remove
from accounts.single_sign_on.saml import extra
from accounts.single_sign_on.saml.attributes import WELL_KNOWN
from accounts.single_sign_on.saml.forms import SamlForm
from accounts.single_sign_on.saml.own_metadata import entity_id_of
from workix.admin.model_admin import ModelAdmin
from workix.admin.sites import dashboard

#: Protocol -> its form, and what is on it.
_PEOPLE = ("domains", "is_authoritative", "creates_people", "default_role", "group_roles")
_FORMS: dict[str, tuple[type[ProviderForm], tuple[str, ...]]] = {
    SignOnProtocol.OIDC: (OidcForm, ("name", "issuer", "client_id", "secret", *_PEOPLE, "groups_claim")),
    SignOnProtocol.SAML: (SamlForm, ("name", *SamlForm.known_by, *_PEOPLE, *WELL_KNOWN)),
}


@admin.register(IdentityProvider, site=dashboard)
class IdentityProviderAdmin(ModelAdmin):
    """Who signs people on. A secret is typed here, and never shown."""

    names = ("identity provider", "identity providers")
    title = "Single sign-on"
    position = 26
    empty = "There is no identity provider. People log in with a password; add your company's provider with the button above."
    labels = {"is_authoritative": "Speaks for its domains", "creates_people": "Creates people", "is_enabled": "Enabled"}
    required_permissions = {
        "view": "identity_providers:read",
        "add": "identity_providers:write",
        "change": "identity_providers:write",
        "delete": "identity_providers:write",
    }
    recent_authentication = ("add", "change", "delete")
    form = OidcForm
    change_form_template = "admin/dashboard/identity_provider.html"
    list_display = ("name", "protocol", "is_enabled", "for_domains", "creates_people")
    ordering = ("created_at", "id")

    @admin.display(description="Domains", empty_value="None yet")
    def for_domains(self, provider: IdentityProvider) -> str | None:
        return ", ".join(provider.domains.split()) or None

    def get_queryset(self, request: HttpRequest) -> QuerySet[IdentityProvider]:
        return providers()

    def get_form(
        self, request: HttpRequest, obj: IdentityProvider | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form, _ = _FORMS[_protocol(request, obj)]
        return super().get_form(request, obj, change, form=form, **kwargs)

    def get_fields(self, request: HttpRequest, obj: IdentityProvider | None = None) -> Any:
        _, fields = _FORMS[_protocol(request, obj)]
        return fields if obj is None else (*fields, "is_enabled")

    def save_model(self, request: HttpRequest, obj: IdentityProvider, form: Any, change: bool) -> None:
        by, given = cast(User, request.user), form.given()
        if change:
            _change(obj, by=by, **given)
        else:
            obj.id = add(protocol=_protocol(request, None), by=by, **given).id

    def delete_model(self, request: HttpRequest, obj: IdentityProvider) -> None:
        remove(obj.id, by=cast(User, request.user), now=timezone.now())

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        provider: IdentityProvider | None = context["original"]
        context |= {"protocol": _protocol(request, provider), "is_saml_installed": extra.is_installed()}
        if provider is not None:
            callback = callback_address(request, provider)
            context |= {"callback": callback, "entity_id": entity_id_of(callback)}
        return super().render_change_form(request, context, *args, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        test = path("<uuid:pk>/test/", self.admin_site.admin_view(self.test), name="accounts_identityprovider_test")
        return [test, *super().get_urls()]

    def test(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Sign the admin on, and show what came back. A link and no form: a browser follows no form to another host (CSP)."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        provider: IdentityProvider | None = self.get_object(request, str(pk))
        if provider is None:
            raise Http404
        return begin_test(request, provider, admin=cast(User, request.user))


def _change(provider: IdentityProvider, *, by: User, **given: Any) -> None:
    change(provider.id, by=by, now=timezone.now(), **given)


def _protocol(request: HttpRequest, provider: IdentityProvider | None) -> str:
    """Return which protocol a page is about; where a provider is added its address says so."""
    named = request.GET.get("protocol", "") if provider is None else provider.protocol
    return named if named in _FORMS else SignOnProtocol.OIDC.value
