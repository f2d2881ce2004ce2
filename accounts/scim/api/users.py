"""/scim/v2/Users (RFC 7644, section 3): list, search, read, add, replace, patch and remove people."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.members import get_person
from accounts.models import User
from accounts.scim import people
from accounts.scim.api import openapi, parameters
from accounts.scim.api.views import ScimViewSet, permission_for
from accounts.scim.patch import read_patch
from accounts.scim.person_values import read_resource
from accounts.scim.queries import Query, query_of, query_of_search, shown_of
from accounts.scim.resources import person_as_scim
from accounts.scim.shown import Shown
from accounts.scim.versions import names_version, version_of
from workix.api.idempotency import idempotent


class UserViewSet(ScimViewSet):
    """The people of the organization the key is of."""

    required_permissions = permission_for("list", "search", "retrieve", "create", "update", "partial_update", "destroy")
    problems = {
        "list": (400,),
        "retrieve": (400,),
        "create": (409,),
        "update": (409, 412),
        "partial_update": (409, 412),
        "destroy": (409, 412),
    }
    lookup_value_converter = "uuid"

    @extend_schema(
        operation_id="scim_users_list",
        summary="List people (SCIM)",
        parameters=parameters.LISTED,
        responses=openapi.answered(200, openapi.a_list_of(openapi.PERSON)),
    )
    def list(self, request: Request) -> Response:
        """One page of the people of the organization, in the order they came. Nobody who was removed is there."""
        return _page(query_of(request.query_params))

    @extend_schema(
        operation_id="scim_users_search",
        summary="Search people (SCIM)",
        request=openapi.sent(openapi.SEARCH),
        responses=openapi.answered(200, openapi.a_list_of(openapi.PERSON)),
    )
    @action(detail=False, methods=["post"], url_path=".search")
    def search(self, request: Request) -> Response:
        """The same as the list, for a filter that should be in no address."""
        return _page(query_of_search(request.data))

    @extend_schema(
        operation_id="scim_users_retrieve",
        summary="Read a person (SCIM)",
        parameters=[*parameters.SHOWN, parameters.IF_NONE_MATCH],
        responses=openapi.answered(200, openapi.PERSON) | {304: None},
    )
    def retrieve(self, request: Request, pk: UUID) -> Response:
        """One person, with their version as `ETag`; 304 where `If-None-Match` has that."""
        shown, user = shown_of(request.query_params), get_person(pk)
        seen = request.headers.get("If-None-Match")
        if seen is not None and names_version(seen, version_of(user)):
            return Response(status=304, headers={"ETag": version_of(user)})
        return _person(user, shown)

    @extend_schema(
        operation_id="scim_users_create",
        summary="Add a person (SCIM)",
        request=openapi.sent(openapi.NEW_PERSON),
        responses=openapi.answered(201, openapi.PERSON),
    )
    @idempotent
    def create(self, request: Request) -> Response:
        """Takes a seat of the `users` quota (403 where none is left). The person is a viewer without a password, and gets a
        link that proves the address (`userName`). Somebody who was removed comes back with the same `id`.
        """
        shown = shown_of(request.query_params)
        user = people.add(read_resource(request.data), now=timezone.now())
        answer = _person(user, shown, status=201)
        answer.headers["Location"] = person_as_scim(user)["meta"]["location"]
        return answer

    @extend_schema(
        operation_id="scim_users_update",
        summary="Replace a person (SCIM)",
        parameters=[parameters.IF_MATCH],
        request=openapi.sent(openapi.NEW_PERSON),
        responses=openapi.answered(200, openapi.PERSON),
    )
    def update(self, request: Request, pk: UUID) -> Response:
        """What is left out is emptied, but for `active`. The last active admin stays one (409)."""
        shown, version = shown_of(request.query_params), request.headers.get("If-Match")
        return _person(people.replace(pk, read_resource(request.data), version=version, now=timezone.now()), shown)

    @extend_schema(
        operation_id="scim_users_partial_update",
        summary="Patch a person (SCIM)",
        parameters=[parameters.IF_MATCH],
        request=openapi.sent(openapi.patch_of("active", False)),
        responses=openapi.answered(200, openapi.PERSON),
    )
    def partial_update(self, request: Request, pk: UUID) -> Response:
        """All operations, or none. `active` false ends their sessions on the next call."""
        shown, version = shown_of(request.query_params), request.headers.get("If-Match")
        return _person(people.patch(pk, read_patch(request.data), version=version, now=timezone.now()), shown)

    @extend_schema(
        operation_id="scim_users_destroy",
        summary="Remove a person (SCIM)",
        parameters=[parameters.IF_MATCH],
        responses={204: None},
    )
    def destroy(self, request: Request, pk: UUID) -> Response:
        """Ends their log-in and gives back their seat. Their row stays for the trail, and for when they come back."""
        people.remove(pk, version=request.headers.get("If-Match"), now=timezone.now())
        return Response(status=204)


def _person(user: User, shown: Shown, *, status: int = 200) -> Response:
    return Response(shown.of(person_as_scim(user)), status, headers={"ETag": version_of(user)})


def _page(query: Query) -> Response:
    found: Any = people.people(where=query.where, sort_by=query.sort_by, descending=query.descending)
    return Response(query.page(found, found.count(), person_as_scim))
