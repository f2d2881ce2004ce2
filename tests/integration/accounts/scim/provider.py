"""The identity provider of Acme, who speaks SCIM: what tests of SCIM share."""

from __future__ import annotations

from typing import Any

from tests.acts import rows
from tests.cast import Answer, Api, Cast
from tests.integration.accounts.api_keys.callers import service

BASE = "/api/v1/scim/v2"
USER = "urn:ietf:params:scim:schemas:core:2.0:User"
GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
SEARCH = "urn:ietf:params:scim:api:messages:2.0:SearchRequest"
ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"
MEDIA_TYPE = "application/scim+json"


def provider(cast: Cast, **more: Any) -> Api:
    """Speak with a key of SCIM."""
    return service(cast, "scim:provision", **more)


def carol(**more: Any) -> dict[str, Any]:
    """Return somebody new, as a provider sends them."""
    name = {"givenName": "Carol", "familyName": "Cole"}
    return {
        "schemas": [USER],
        "userName": "carol@acme.example",
        "externalId": "00u1",
        "name": name,
        "active": True,
        **more,
    }


def patch(*operations: dict[str, Any]) -> dict[str, Any]:
    return {"schemas": [PATCH], "Operations": list(operations)}


def replace(path: str, value: Any) -> dict[str, Any]:
    return patch({"op": "replace", "path": path, "value": value})


def fault(answer: Answer) -> tuple[int, str]:
    """Return the status of a SCIM error and its kind; it has to be one, and to say the same as HTTP does."""
    assert answer.headers["Content-Type"] == MEDIA_TYPE, answer.body
    assert answer.body["schemas"] == [ERROR]
    assert answer.body["status"] == str(answer.status)
    assert answer.body["detail"]
    assert answer.body.keys() <= {"schemas", "status", "scimType", "detail"}
    return answer.status, answer.body.get("scimType", "")


def person(cast: Cast, name: str) -> str:
    return str(cast.people[name].id)


def found(answer: Answer) -> list[str]:
    """Return whom a list names, by the first part of the address."""
    assert answer.status == 200, answer.body
    return [each["userName"].partition("@")[0] for each in answer.body["Resources"]]


def roles(cast: Cast) -> dict[str, str]:
    """Return who is what, of those who are here."""
    asked = "SELECT email, role FROM users WHERE deleted_at IS NULL ORDER BY email"
    return {email.partition("@")[0]: role for email, role in rows(asked, cast)}
