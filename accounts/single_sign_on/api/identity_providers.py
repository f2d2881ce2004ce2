"""GET and POST /identity-providers/, GET, PATCH and DELETE /identity-providers/{id}/: single sign-on of the organization."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import IdentityProvider, User
from accounts.single_sign_on.api.serializers import (
    IdentityProviderSerializer,
    ListedProviderSerializer,
    NewProviderSerializer,
    ProviderChangeSerializer,
    provider_as_json,
)
from accounts.single_sign_on.providers import add, change, get_provider, providers, remove
from audit.api.as_of import AS_OF, DESCRIPTION, ListAsOf
from workix.api.idempotency import idempotent
from workix.api.serializers import sent


@extend_schema_view(
    list=extend_schema(
        summary="List identity providers",
        description="Who signs the organization's people on, in the order they came." + DESCRIPTION,
        parameters=[AS_OF],
    )
)
class IdentityProviderViewSet(ListAsOf, mixins.ListModelMixin, viewsets.GenericViewSet[IdentityProvider]):
    """The identity providers of the organization. No key reaches them."""

    required_permissions = {
        "list": "identity_providers:read",
        "retrieve": "identity_providers:read",
        "create": "identity_providers:write",
        "partial_update": "identity_providers:write",
        "destroy": "identity_providers:write",
    }
    recent_authentication = ("create", "partial_update", "destroy")
    problems = {"list": (400, 409), "create": (409,), "partial_update": (409,)}
    tag = "Single sign-on"
    serializer_class = ListedProviderSerializer
    queryset = IdentityProvider.objects.none()
    lookup_value_converter = "uuid"

    def get_queryset(self) -> Any:
        return providers()

    @extend_schema(summary="Read an identity provider", responses=IdentityProviderSerializer)
    def retrieve(self, request: Request, pk: UUID) -> Response:
        """What is known of it, but for its secret."""
        return Response(provider_as_json(get_provider(pk)))

    @extend_schema(
        summary="Add an identity provider", request=NewProviderSerializer, responses={201: IdentityProviderSerializer}
    )
    @idempotent
    def create(self, request: Request) -> Response:
        """It signs nobody on until you enable it. Give it `callback`, on the host of your organization, as the redirect URI of
        this client, and test it in the dashboard first.
        """
        provider = add(by=_admin(request), **sent(NewProviderSerializer, request))
        return Response(
            provider_as_json(provider), 201, headers={"Location": f"/api/v1/identity-providers/{provider.id}/"}
        )

    @extend_schema(
        summary="Change an identity provider", request=ProviderChangeSerializer, responses=IdentityProviderSerializer
    )
    def partial_update(self, request: Request, pk: UUID) -> Response:
        """Changes what is named. When you disable it, the sessions of everybody it knows end. Without all it needs it can't be
        enabled (409 `provider_not_complete`).
        """
        said = sent(ProviderChangeSerializer, request)
        return Response(provider_as_json(change(pk, by=_admin(request), now=timezone.now(), **said)))

    @extend_schema(summary="Remove an identity provider", responses={204: None})
    def destroy(self, request: Request, pk: UUID) -> Response:
        """Removes it, and whom it knew by which subject. The people stay, and their sessions end."""
        remove(pk, by=_admin(request), now=timezone.now())
        return Response(status=204)


def _admin(request: Request) -> User:
    """Return who asks: no key holds what this takes, so it is a person."""
    return cast(User, request.user)
