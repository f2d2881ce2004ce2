"""OpenAPI of SCIM: bodies from the declared schemas, SCIM's errors for every refusal, and the parameters of lists."""

from __future__ import annotations

from typing import Any

from accounts.scim import errors, patch, queries
from accounts.scim.middleware import MEDIA_TYPE
from accounts.scim.schemas import GROUP, GROUP_ATTRIBUTES, USER, USER_ATTRIBUTES, Attribute
from workix.api.openapi.schema import MEANINGS, Schema

MEDIA_TYPES = (MEDIA_TYPE, "application/json")
Body = dict[str, Any]


def text(example: Any, **more: Any) -> Body:
    return {"type": "string", "examples": [example], **more}


def an_object(required: tuple[str, ...] = (), /, **properties: Body) -> Body:
    made: Body = {"type": "object", "properties": properties}
    return {**made, "required": list(required)} if required else made


def a_list_of(item: Body) -> Body:
    """Write a ListResponse (RFC 7644, section 3.4.2)."""
    return an_object(
        ("schemas", "totalResults"),
        schemas=urns(queries.LIST_RESPONSE),
        totalResults={"type": "integer", "examples": [1]},
        startIndex={"type": "integer", "examples": [1]},
        itemsPerPage={"type": "integer", "examples": [1]},
        Resources={"type": "array", "items": item},
    )


def urns(*named: str) -> Body:
    return {"type": "array", "items": {"type": "string"}, "examples": [list(named)]}


def _resource(urn: str, kind: str, identity: str, attributes: tuple[Attribute, ...]) -> Body:
    meta = an_object(
        resourceType=text(kind),
        created=text("2026-01-31T12:00:00Z", format="date-time"),
        lastModified=text("2026-01-31T12:00:00Z", format="date-time"),
        location=text(f"/api/v1/scim/v2/{kind}s/{identity}"),
        version=text('W/"649a3c1b2d480"'),
    )
    return an_object(
        schemas=urns(urn),
        id={**text(identity), "readOnly": True},
        externalId=text("00u1a2b3c4"),
        **{each.name: each.as_json_schema() for each in attributes},
        meta={**meta, "readOnly": True},
    )


PERSON = _resource(USER, "User", "01a206e4-4f12-7b0a-ac0e-50db732c6473", USER_ATTRIBUTES)
NEW_PERSON = {
    **an_object(
        ("userName",),
        schemas=urns(USER),
        externalId=text("00u1a2b3c4"),
        **{each.name: each.as_json_schema(sent=True) for each in USER_ATTRIBUTES if not each.is_read_only},
    ),
    "description": "Other attributes of RFC 7643 are taken, and not kept.",
}
ROLE = _resource(GROUP, "Group", "user", GROUP_ATTRIBUTES)
NEW_ROLE = an_object(
    ("displayName",), schemas=urns(GROUP), **{each.name: each.as_json_schema(sent=True) for each in GROUP_ATTRIBUTES}
)


def patch_of(path: str, value: Any) -> Body:
    """Write a PatchOp, with an operation for example."""
    operation = an_object(
        ("op",),
        op=text("replace", description="add, replace or remove, in any case."),
        path=text(path, description="What is changed. Without it, value is an object of attributes."),
        value={"description": "Of the kind the path is of.", "examples": [value]},
    )
    return an_object(
        ("schemas", "Operations"), schemas=urns(patch.SCHEMA), Operations={"type": "array", "items": operation}
    )


SEARCH = an_object(
    ("schemas",),
    schemas=urns(queries.SEARCH_REQUEST),
    attributes={"type": "array", "items": {"type": "string"}, "examples": [["userName", "active"]]},
    filter=text('userName eq "bob@acme.example"'),
    sortBy=text("userName"),
    sortOrder=text("ascending"),
    startIndex={"type": "integer", "examples": [1]},
    count={"type": "integer", "examples": [50]},
)
ERROR = an_object(
    ("schemas", "status"),
    schemas=urns(errors.SCHEMA),
    status=text("400"),
    scimType=text("invalidValue", description="What is wrong with the request (RFC 7644, table 9)."),
    detail=text("The request is not valid."),
)
#: Any document of discovery: what is in it, RFC 7643 says in sections 5 to 7.
DOCUMENT = an_object(schemas=urns("urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"))


def sent(body: Body) -> dict[str, Body]:
    """Say what a request carries. It may call it `application/scim+json`, too; named twice, it would be two types in a client."""
    return {"application/json": body}


def answered(status: int, body: Body) -> dict[Any, Any]:
    """Say what a response carries, in either media type."""
    return {(status, media_type): body for media_type in MEDIA_TYPES}


class ScimSchema(Schema):
    """Has SCIM's error in the place of a problem, and in the place of an array SCIM's object that a list is in."""

    def _is_list_view(self, serializer: Any = None) -> bool:
        return False

    def _get_response_bodies(self, direction: Any = "response") -> Any:
        bodies = super()._get_response_bodies(direction)
        for status in self._problem_statuses():
            bodies[str(status)] = {
                "content": {MEDIA_TYPE: {"schema": ERROR | {"examples": [self._example(status)]}}},
                "description": MEANINGS[status],
            }
        return bodies

    @staticmethod
    def _example(status: int) -> Body:
        said = {"code": "validation_error", "status": status, "detail": MEANINGS[status]}
        return errors.as_scim(said)
