"""OpenAPI examples: a serializer's own come first; and the document says what permission an operation takes."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import path
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from workix.api.serializers import SingleLineField, StrictSerializer


class FlowSerializer(StrictSerializer):
    """A flow."""

    examples = {"name": "Invoices to the archive"}
    name = SingleLineField(max_length=200)
    slug = serializers.CharField()


class FlowView(APIView):
    required_permissions = {"post": "users:write", "get": "open"}

    @extend_schema(request=FlowSerializer, responses={201: FlowSerializer})
    def post(self, request: Request) -> Response:
        """Adds a flow."""
        return Response(status=201)

    @extend_schema(responses=FlowSerializer)
    def get(self, request: Request) -> Response:
        """Shows a flow."""
        return Response()


@pytest.fixture(scope="module")
def document() -> Any:
    patterns = [path("flow/", FlowView.as_view())]
    return SchemaGenerator(patterns=patterns).get_schema(public=True)  # type: ignore[no-untyped-call]  # the library's


def test_a_serializers_own_example_comes_before_the_common_one(document: Any) -> None:
    content = document["paths"]["/flow/"]["post"]["requestBody"]["content"]["application/json"]
    assert content["example"] == {"name": "Invoices to the archive", "slug": "acme"}
    assert document["components"]["schemas"]["Flow"]["properties"]["name"]["examples"] == ["Invoices to the archive"]


def test_an_operation_says_what_permission_it_takes_and_whose_that_is(document: Any) -> None:
    said = {method: operation["description"] for method, operation in document["paths"]["/flow/"].items()}
    assert said == {
        "post": "Adds a flow.\n\nPermission `users:write` (admin): Invite, add, change and remove people. "
        "No API key reaches this. Agents: with scope `users:write`.",
        "get": "Shows a flow.",
    }


def test_a_text_without_an_example_is_no_clean_document(capsys: pytest.CaptureFixture[str]) -> None:
    class Silent(APIView):
        required_permissions = {"get": "open"}

        @extend_schema(responses=inline_serializer("Mood", {"mood": serializers.CharField()}))
        def get(self, request: Request) -> Response:
            """Shows a mood."""
            return Response()

    SchemaGenerator(patterns=[path("mood/", Silent.as_view())]).get_schema(public=True)  # type: ignore[no-untyped-call]
    assert "The text `mood` has no example. Give it one beside its serializer" in capsys.readouterr().err
