"""SCIM error middleware: whatever is refused below the base path of SCIM is refused in SCIM's own words (RFC 7644, 3.12)."""

# Note [Who refuses a call of SCIM]
# Most refusals come from elsewhere: hosts, networks, keys, permissions, methods, media types, sizes, and paths that are
# none. All of them write a problem (RFC 9457). So it is translated in one place, the last one that sees it; nothing that
# refuses has to know who asks, and nothing that is added later can be forgotten.

from __future__ import annotations

from collections.abc import Callable

import orjson
from django.http import HttpRequest, HttpResponse

from accounts.scim.errors import as_scim
from workix.api.problems import CONTENT_TYPE

BASE_PATH = "/api/v1/scim/v2"
MEDIA_TYPE = "application/scim+json"


class ScimErrorsMiddleware:
    """See Note [Who refuses a call of SCIM]."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(BASE_PATH) and response.headers.get("Content-Type") == CONTENT_TYPE:
            response.content = orjson.dumps(as_scim(orjson.loads(response.content)))
            response.headers["Content-Type"] = MEDIA_TYPE
        return response
