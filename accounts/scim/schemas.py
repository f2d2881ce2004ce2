"""SCIM schemas (RFC 7643, section 7): the attributes of users and groups, declared once for /Schemas, OpenAPI and filters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

USER = "urn:ietf:params:scim:schemas:core:2.0:User"
GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
#: What identity providers send of the enterprise extension is taken, and not kept.
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"

_JSON = {"dateTime": "string", "reference": "string", "complex": "object"}


@dataclass(frozen=True, slots=True)
class Attribute:
    """What RFC 7643, section 7, says of an attribute. `example` is for people, in the API document."""

    name: str
    description: str
    example: Any = None
    type: str = "string"
    multi_valued: bool = False
    required: bool = False
    case_exact: bool = False
    mutability: str = "readWrite"
    returned: str = "default"
    uniqueness: str = "none"
    parts: tuple[Attribute, ...] = ()
    reference_types: tuple[str, ...] = ()

    @property
    def is_read_only(self) -> bool:
        return self.mutability == "readOnly"

    def as_scim(self) -> dict[str, Any]:
        """Write it as /Schemas shows it."""
        said: dict[str, Any] = {
            "name": self.name,
            "type": self.type,
            "multiValued": self.multi_valued,
            "description": self.description,
            "required": self.required,
            "caseExact": self.case_exact,
            "mutability": self.mutability,
            "returned": self.returned,
            "uniqueness": self.uniqueness,
        }
        if self.parts:
            said["subAttributes"] = [part.as_scim() for part in self.parts]
        return said | ({"referenceTypes": list(self.reference_types)} if self.reference_types else {})

    def as_json_schema(self, *, sent: bool = False) -> dict[str, Any]:
        """Write it as the API document shows it (JSON Schema); `sent`: without what no client writes.

        `$ref` is left out: the tools that read such documents follow it, wherever it stands.
        """
        one: dict[str, Any] = {"type": _JSON.get(self.type, self.type)}
        if self.parts:
            parts = [part for part in self.parts if part.name != "$ref" and not (sent and part.is_read_only)]
            one["properties"] = {part.name: part.as_json_schema(sent=sent) for part in parts}
        else:
            one["examples"] = [self.example]
        one = {"type": "array", "items": one} if self.multi_valued else one
        one["description"] = self.description
        return one | ({"readOnly": True} if self.is_read_only else {})


def _read_only(name: str, description: str, example: Any, **more: Any) -> Attribute:
    return Attribute(name, description, example, mutability="readOnly", **more)


USER_ATTRIBUTES = (
    Attribute(
        "userName",
        "The e-mail address. Who gets another address is added as another person.",
        "bob@acme.example",
        required=True,
        mutability="immutable",
        uniqueness="server",
    ),
    Attribute(
        "name",
        "First and last name.",
        type="complex",
        parts=(
            Attribute("givenName", "First name.", "Bob"),
            Attribute("familyName", "Last name.", "Brown"),
        ),
    ),
    _read_only("displayName", "Both names, or the address.", "Bob Brown"),
    Attribute("active", "Whether they may log in. False ends their sessions on the next call.", True, type="boolean"),
    _read_only(
        "emails",
        "The one address: userName.",
        None,
        type="complex",
        multi_valued=True,
        parts=(
            _read_only("value", "The address.", "bob@acme.example"),
            _read_only("type", "Always work.", "work"),
            _read_only("primary", "Always true.", True, type="boolean"),
        ),
    ),
    _read_only(
        "groups",
        "Their fixed role, then their own ones. /Groups changes them.",
        None,
        type="complex",
        multi_valued=True,
        parts=(
            _read_only("value", "The id of the group.", "user"),
            _read_only(
                "$ref", "Where it is.", "/api/v1/scim/v2/Groups/user", type="reference", reference_types=("Group",)
            ),
            _read_only("display", "What it is called.", "User"),
        ),
    ),
)

GROUP_ATTRIBUTES = (
    Attribute("displayName", "What the role is called.", "User", required=True, mutability="immutable"),
    Attribute(
        "members",
        "Who has this role. Left out where it is more than 1,000 people: ask /Users by groups.value.",
        None,
        type="complex",
        multi_valued=True,
        parts=(
            Attribute("value", "The id of the person.", "01a206e4-4f12-7b0a-ac0e-50db732c6473", mutability="immutable"),
            Attribute(
                "$ref",
                "Where they are.",
                "/api/v1/scim/v2/Users/01a206e4-4f12-7b0a-ac0e-50db732c6473",
                type="reference",
                mutability="readOnly",
                reference_types=("User",),
            ),
            _read_only("display", "Their address.", "bob@acme.example"),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Schema:
    """A kind of resource: where it is, and what it is made of."""

    id: str
    name: str
    description: str
    endpoint: str
    attributes: tuple[Attribute, ...]


SCHEMAS = (
    Schema(USER, "User", "A person of the organization.", "/Users", USER_ATTRIBUTES),
    Schema(GROUP, "Group", "A role of the organization, and who has it.", "/Groups", GROUP_ATTRIBUTES),
)
