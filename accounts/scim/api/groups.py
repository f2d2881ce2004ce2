"""/scim/v2/Groups (RFC 7644, section 3): the roles of the organization; who is in them is replaced or patched."""

from __future__ import annotations

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.scim.api import openapi, parameters
from accounts.scim.api.views import ScimViewSet, permission_for
from accounts.scim.filters.roles import groups_where
from accounts.scim.group_patch import patch_group, replace_group
from accounts.scim.groups.membership import get_group, groups
from accounts.scim.patch import read_patch
from accounts.scim.queries import query_of, shown_of
from accounts.scim.resources import group_as_scim
from accounts.scim.shown import Shown
from accounts.scim.versions import names_version

_ID = OpenApiParameter(
    "id", str, OpenApiParameter.PATH, description="`admin`, `user`, `viewer`, or the id of an own role."
)


class GroupViewSet(ScimViewSet):
    """The roles of the organization the key is of. They are made and removed by its admins, not here."""

    required_permissions = permission_for("list", "retrieve", "update", "partial_update")
    problems = {"list": (400,), "retrieve": (400,), "update": (409, 412), "partial_update": (409, 412)}
    lookup_value_converter = "str"

    @extend_schema(
        operation_id="scim_groups_list",
        summary="List groups (SCIM)",
        parameters=parameters.LISTED,
        responses=openapi.answered(200, openapi.a_list_of(openapi.ROLE)),
    )
    def list(self, request: Request) -> Response:
        """The fixed roles and the organization's own ones, with who has them: none are named of a role that more than 1,000
        people have. Always in one order.
        """
        query = query_of(request.query_params)
        found = groups(with_members=query.shown.shows("members"))
        if query.where:
            found = groups_where(query.where, found)
        return Response(query.page(found, len(found), group_as_scim))

    @extend_schema(
        operation_id="scim_groups_retrieve",
        summary="Read a group (SCIM)",
        parameters=[_ID, *parameters.SHOWN, parameters.IF_NONE_MATCH],
        responses=openapi.answered(200, openapi.ROLE) | {304: None},
    )
    def retrieve(self, request: Request, pk: str) -> Response:
        """A role, and who has it. An own role has a version as `ETag`; 304 where `If-None-Match` has that."""
        shown, seen = shown_of(request.query_params), request.headers.get("If-None-Match")
        return _group(pk, shown, seen=seen)

    @extend_schema(
        operation_id="scim_groups_update",
        summary="Replace the members of a group (SCIM)",
        parameters=[_ID, parameters.IF_MATCH],
        request=openapi.sent(openapi.NEW_ROLE),
        responses=openapi.answered(200, openapi.ROLE),
    )
    def update(self, request: Request, pk: str) -> Response:
        """Of a fixed role, who is not named becomes a viewer; an own role is taken from them. No key makes an admin, takes that
        role from one, or confers what it does not hold (403).
        """
        shown, version = shown_of(request.query_params), request.headers.get("If-Match")
        replace_group(pk, request.data, version=version, now=timezone.now())
        return _group(pk, shown)

    @extend_schema(
        operation_id="scim_groups_partial_update",
        summary="Patch the members of a group (SCIM)",
        parameters=[_ID, parameters.IF_MATCH],
        request=openapi.sent(openapi.patch_of("members", [{"value": "01a206e4-4f12-7b0a-ac0e-50db732c6473"}])),
        responses=openapi.answered(200, openapi.ROLE),
    )
    def partial_update(self, request: Request, pk: str) -> Response:
        """All operations, or none. Everybody is in one fixed role: who is put into this one leaves the one before, but an admin
        stays what they are; who is taken out is a viewer. No key makes an admin, or takes that role from one (403). An own role
        comes besides: a key gives and takes it where its own scopes, or what a `user` may do, cover what it grants (else 403).
        """
        shown, version = shown_of(request.query_params), request.headers.get("If-Match")
        patch_group(pk, read_patch(request.data), version=version, now=timezone.now())
        return _group(pk, shown)


def _group(group_id: str, shown: Shown, *, seen: str | None = None) -> Response:
    found = get_group(group_id, with_members=shown.shows("members"))
    headers = {"ETag": found.version} if found.version else {}
    if seen is not None and found.version and names_version(seen, found.version):
        return Response(status=304, headers=headers)
    return Response(shown.of(group_as_scim(found)), headers=headers)
