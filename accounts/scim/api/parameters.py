"""Parameters of SCIM's operations in the OpenAPI document: of lists, of what is shown, and of versions."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiParameter

SHOWN = [
    OpenApiParameter("attributes", str, description="Which attributes to return, separated by commas."),
    OpenApiParameter("excludedAttributes", str, description="Which attributes not to return, separated by commas."),
]
LISTED = [
    OpenApiParameter("filter", str, description='RFC 7644, section 3.4.2.2: `userName eq "bob@acme.example"`.'),
    OpenApiParameter("sortBy", str, description="By which attribute to sort."),
    OpenApiParameter("sortOrder", str, description="`ascending` or `descending`."),
    OpenApiParameter("startIndex", int, description="The first one to return, counted from 1."),
    OpenApiParameter("count", int, description="How many to return, 200 at most."),
    *SHOWN,
]
IF_MATCH = OpenApiParameter("If-Match", str, OpenApiParameter.HEADER, description="Only if this is still its version.")
IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match", str, OpenApiParameter.HEADER, description="Not if this is still its version (304)."
)
