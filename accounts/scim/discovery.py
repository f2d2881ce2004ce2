"""SCIM discovery (RFC 7644, section 4): ServiceProviderConfig, ResourceTypes and Schemas, made from the declared schemas."""

from __future__ import annotations

from typing import Any

from accounts.scim.middleware import BASE_PATH
from accounts.scim.schemas import SCHEMAS, Schema
from workix.core.errors import NotFound

_CORE = "urn:ietf:params:scim:schemas:core:2.0"
#: One page of a list has so many at most.
MOST_RESULTS = 200


def service_provider_config() -> dict[str, Any]:
    """Say what of SCIM is there."""
    off, on = {"supported": False}, {"supported": True}
    return {
        "schemas": [f"{_CORE}:ServiceProviderConfig"],
        "documentationUri": "https://workix.dev/docs/scim",
        "patch": on,
        "bulk": {**off, "maxOperations": 0, "maxPayloadSize": 0},
        "filter": {**on, "maxResults": MOST_RESULTS},
        "changePassword": off,
        "sort": on,
        "etag": on,
        "authenticationSchemes": [
            {
                "type": "oauthbearertoken",
                "name": "API key",
                "description": "An API key with the scope scim:provision, sent as a bearer token.",
                "primary": True,
            }
        ],
        "meta": {"resourceType": "ServiceProviderConfig", "location": f"{BASE_PATH}/ServiceProviderConfig"},
    }


def resource_types() -> list[dict[str, Any]]:
    """List the kinds of resources."""
    return [_resource_type(schema) for schema in SCHEMAS]


def schemas() -> list[dict[str, Any]]:
    """List what each kind of resource is made of."""
    return [_schema(schema) for schema in SCHEMAS]


def named(listed: list[dict[str, Any]], name: str) -> dict[str, Any]:
    """Return the one with this id.

    :raises NotFound: when there is none.
    """
    found = next((each for each in listed if each["id"] == name), None)
    if found is None:
        raise NotFound
    return found


def _resource_type(schema: Schema) -> dict[str, Any]:
    return {
        "schemas": [f"{_CORE}:ResourceType"],
        "id": schema.name,
        "name": schema.name,
        "description": schema.description,
        "endpoint": schema.endpoint,
        "schema": schema.id,
        "meta": {"resourceType": "ResourceType", "location": f"{BASE_PATH}/ResourceTypes/{schema.name}"},
    }


def _schema(schema: Schema) -> dict[str, Any]:
    return {
        "schemas": [f"{_CORE}:Schema"],
        "id": schema.id,
        "name": schema.name,
        "description": schema.description,
        "attributes": [attribute.as_scim() for attribute in schema.attributes],
        "meta": {"resourceType": "Schema", "location": f"{BASE_PATH}/Schemas/{schema.id}"},
    }
