"""/scim/v2/ServiceProviderConfig, /ResourceTypes and /Schemas (RFC 7644, section 4)."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.scim import discovery
from accounts.scim.api import openapi
from accounts.scim.api.views import ScimViewSet, permission_for
from accounts.scim.errors import NotFilterable
from accounts.scim.queries import LIST_RESPONSE

_ID = OpenApiParameter("id", str, OpenApiParameter.PATH, description="Its id, as the list has it.")
_ONE = openapi.answered(200, openapi.DOCUMENT)
_ALL = openapi.answered(200, openapi.a_list_of(openapi.DOCUMENT))


class ServiceProviderConfigViewSet(ScimViewSet):
    """What of SCIM is there."""

    required_permissions = permission_for("list")

    @extend_schema(
        operation_id="scim_service_provider_config", summary="Read what of SCIM is supported", responses=_ONE
    )
    def list(self, request: Request) -> Response:
        """PATCH, filters, sorting and ETags are; Bulk and changing passwords are not."""
        return Response(discovery.service_provider_config())


class ResourceTypeViewSet(ScimViewSet):
    """Which kinds of resources there are."""

    required_permissions = permission_for("list", "retrieve")
    lookup_value_converter = "str"

    @extend_schema(operation_id="scim_resource_types_list", summary="List kinds of resources (SCIM)", responses=_ALL)
    def list(self, request: Request) -> Response:
        """Users and Groups."""
        return _all(request, discovery.resource_types())

    @extend_schema(
        operation_id="scim_resource_types_retrieve",
        summary="Read a kind of resource (SCIM)",
        parameters=[_ID],
        responses=_ONE,
    )
    def retrieve(self, request: Request, pk: str) -> Response:
        """Where its resources are, and of which schema."""
        return Response(discovery.named(discovery.resource_types(), pk))


class SchemaViewSet(ScimViewSet):
    """What resources are made of."""

    required_permissions = permission_for("list", "retrieve")
    lookup_value_converter = "str"

    @extend_schema(operation_id="scim_schemas_list", summary="List schemas (SCIM)", responses=_ALL)
    def list(self, request: Request) -> Response:
        """The schemas of users and groups."""
        return _all(request, discovery.schemas())

    @extend_schema(
        operation_id="scim_schemas_retrieve", summary="Read a schema (SCIM)", parameters=[_ID], responses=_ONE
    )
    def retrieve(self, request: Request, pk: str) -> Response:
        """Every attribute, with who may write it and when it is returned."""
        return Response(discovery.named(discovery.schemas(), pk))


def _all(request: Request, listed: list[dict[str, Any]]) -> Response:
    if "filter" in request.query_params:
        raise NotFilterable
    count = len(listed)
    said = {"totalResults": count, "startIndex": 1, "itemsPerPage": count, "Resources": listed}
    return Response({"schemas": [LIST_RESPONSE], **said})
