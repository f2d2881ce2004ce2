"""SCIM's media type (RFC 7644, section 8.1): application/scim+json is read and written as JSON is."""

from __future__ import annotations

from accounts.scim.middleware import MEDIA_TYPE
from workix.api.renderers import JSONParser, JSONRenderer


class ScimParser(JSONParser):
    media_type = MEDIA_TYPE


class ScimRenderer(JSONRenderer):
    media_type = MEDIA_TYPE
    format = "json"
