"""The base of SCIM's views: an API key and nobody else, SCIM's media type or plain JSON, SCIM's errors in the document."""

from __future__ import annotations

from typing import ClassVar

from rest_framework import viewsets

from accounts.authentication.api_key import ApiKeyAuthentication
from accounts.scim.api.media import ScimParser, ScimRenderer
from accounts.scim.api.openapi import ScimSchema
from workix.api.renderers import JSONParser, JSONRenderer

PERMISSION = "scim:provision"


class ScimViewSet(viewsets.ViewSet):
    """People, and tokens of people, are nobody here: what provisions people is a service with a key for that."""

    tag = "SCIM"
    authentication_classes = (ApiKeyAuthentication,)
    parser_classes = (ScimParser, JSONParser)
    renderer_classes = (ScimRenderer, JSONRenderer)
    schema = ScimSchema()
    required_permissions: ClassVar[dict[str, str]] = {}
    problems: ClassVar[dict[str, tuple[int, ...]]] = {}


def permission_for(*actions: str) -> dict[str, str]:
    return dict.fromkeys(actions, PERMISSION)
