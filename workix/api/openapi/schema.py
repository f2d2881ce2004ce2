"""OpenAPI schema (drf-spectacular's AutoSchema): tags, problem responses, authentication schemes."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension, OpenApiSerializerExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from workix.api.problems import CONTENT_TYPE
from workix.api.serializers import StrictSerializer
from workix.core.apps import agent_scopes, permissions, scopes
from workix.core.permissions import KNOWN, OPEN, OPERATOR, RECENT, Role

IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "pattern": "^[!-~]{1,255}$"},
    OpenApiParameter.HEADER,
    description="Of your own choice. The same call with the same key is done once in 24 hours, and its response replayed.",
)

#: What each status means, wherever it is answered.
MEANINGS = {
    400: "The request is not valid, or malformed.",
    401: "Nobody known is asking, or their session is over.",
    403: "Whoever asks may not do this.",
    404: "It does not exist, or is not yours to see; or nobody lives at this host.",
    405: "The path does not know this method.",
    406: "The response is not available in that media type.",
    409: "What is there does not allow it.",
    412: "It has changed since it was read.",
    413: "The body is too large.",
    415: "The body is not JSON.",
    429: "Too many attempts: come again after `Retry-After` seconds.",
    500: "An error of ours.",
    503: "The platform can't answer right now; nothing was done.",
}


#: See Note [Step-up] in workix/core/permissions.py.
RECENTLY = (
    f"Takes a log-in of the last {int(RECENT.total_seconds()) // 60} minutes: after that it is 403 `reauthentication_required`"
    " until `POST /me/reauthentication/`. A service is not asked."
)

_BY_RANK = [*Role, OPERATOR]
_NARROWER = {"pattern", "format", "enum"}


class FieldError(serializers.Serializer[Any]):
    """What is wrong with one field."""

    field = serializers.CharField(help_text="Dotted path, empty for the body as a whole.")
    code = serializers.CharField()
    detail = serializers.CharField()


class Problem(serializers.Serializer[Any]):
    """RFC 9457 problem. Some codes carry more, as `quota_exceeded` does: resource, limit, burst, used, resets_at."""

    type = serializers.URLField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    code = serializers.CharField()
    detail = serializers.CharField()
    request_id = serializers.CharField()
    errors = FieldError(many=True, required=False)  # type: ignore[assignment]  # a field may be called errors


class Schema(AutoSchema):
    """Adds to each operation the problems it can answer with, from what the view itself declares."""

    def get_tags(self) -> list[str]:
        return [getattr(self.view, "tag", super().get_tags()[0])]

    def get_description(self) -> str:  # type: ignore[override]  # the library's, without the arguments of REST framework's
        """Say what permission the operation takes, after what it does."""
        said = str(super().get_description())
        needed = getattr(self.view, "required_permissions", {}).get(self._key(), "")
        permission = permissions().get(needed)
        if permission is None:
            return said
        held_by = ", ".join(sorted(permission.held_by, key=_BY_RANK.index))
        by_key = f"API keys: with scope `{needed}`." if permission.scope else "No API key reaches this."
        by_agent = f"Agents: with scope `{needed}`." if permission.agent else "No agent reaches this."
        if self._key() in getattr(self.view, "recent_authentication", ()):
            said += f"\n\n{RECENTLY}"
        return f"{said}\n\nPermission `{needed}` ({held_by}): {permission.description} {by_key} {by_agent}"

    def get_extensions(self) -> dict[str, Any]:
        """Name the permission for programs, too; `open` is anybody's."""
        return {
            **super().get_extensions(),
            "x-permission": getattr(self.view, "required_permissions", {}).get(self._key(), ""),
        }

    def get_auth(self) -> list[dict[str, list[str]]]:
        """Say that nobody has to be known where anybody may; who has a credential may send it."""
        known: list[dict[str, list[str]]] = super().get_auth()
        needed = getattr(self.view, "required_permissions", {}).get(self._key(), "")
        if needed != KNOWN and needed not in scopes():
            known = [each for each in known if ApiKeyScheme.name not in each]
        if needed != KNOWN and needed not in agent_scopes():
            known = [each for each in known if AgentScheme.name not in each]
        return [{}, *(each for each in known if each)] if self._is_open() else known

    def _get_parameters(self) -> list[dict[str, Any]]:
        """Say of every text somebody may ask with that it has no NUL: no database keeps one."""
        parameters: list[dict[str, Any]] = super()._get_parameters()
        for each in parameters:
            schema = each["schema"]
            if each["in"] == "query" and schema.get("type") == "string" and not _NARROWER & schema.keys():
                schema["pattern"] = "^[^\\u0000]*$"
        return parameters

    def get_override_parameters(self) -> Any:
        """Say where a call may carry an idempotency key."""
        given = super().get_override_parameters()
        return [*given, IDEMPOTENCY_KEY] if self._is_idempotent() else given

    def _is_idempotent(self) -> bool:
        return getattr(getattr(self.view, self._key(), None), "is_idempotent", False)

    def _get_response_bodies(self, direction: Any = "response") -> Any:
        bodies = super()._get_response_bodies(direction)
        for body in bodies.values():
            body["description"] = body.get("description") or "As asked."
        for status in sorted(self._problem_statuses()):
            made = self._get_response_for_code(Problem, str(status), [CONTENT_TYPE], direction)  # type: ignore[no-untyped-call]
            bodies.setdefault(str(status), {**made, "description": MEANINGS[status]})
        return bodies

    def _problem_statuses(self) -> set[int]:
        found = {403, 404, 406, 429, 500, 503} | (set() if self._is_open() else {401})
        if self.method in ("POST", "PUT", "PATCH"):
            found |= {400, 413, 415}
        if self._is_idempotent():
            found |= {409}
        return found | set(getattr(self.view, "problems", {}).get(self._key(), ()))

    def _is_open(self) -> bool:
        return bool(getattr(self.view, "required_permissions", {}).get(self._key()) == OPEN)

    def _key(self) -> str:
        return getattr(self.view, "action", None) or self.method.lower()


#: What the library knows of a field that tells the rest by itself.
_KEPT = ("description", "writeOnly")


class Bodies(OpenApiSerializerExtension):  # type: ignore[no-untyped-call]  # the library's base is untyped
    """Says that a strict body has no other fields (Note [Strict bodies]), and what the `examples` of a serializer are."""

    target_class = "rest_framework.serializers.Serializer"
    match_subclasses = True

    def map_serializer(self, auto_schema: AutoSchema, direction: Any) -> dict[str, Any]:
        made: dict[str, Any] = auto_schema._map_serializer(self.target, direction, bypass_extensions=True)  # type: ignore[no-untyped-call]  # noqa: SLF001
        if isinstance(self.target, StrictSerializer):
            made["properties"].update(_accepted(self.target, made["properties"]))
            made["additionalProperties"] = self.target.takes_more
        for name, example in getattr(self.target, "examples", {}).items():
            made["properties"][name]["examples"] = [example]
        return made


def _accepted(body: StrictSerializer, properties: dict[str, Any]) -> dict[str, Any]:
    """Write what a field says for itself in place of what the library knows of it."""
    for name, each in body.fields.items():
        of_items = getattr(getattr(each, "child", None), "json_schema", None)
        if of_items:
            properties[name]["items"] |= of_items
    rules = {name: each.json_schema for name, each in body.fields.items() if hasattr(each, "json_schema")}
    return {
        name: {"type": "string", **more, **{key: properties[name][key] for key in _KEPT if key in properties[name]}}
        for name, more in rules.items()
    }


class BearerScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # the library's base is untyped
    target_class = "accounts.authentication.bearer.BearerAuthentication"
    name = "bearer"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}


class ApiKeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # the library's base is untyped
    target_class = "accounts.authentication.api_key.ApiKeyAuthentication"
    name = "api_key"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        return {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "wxk_[0-9A-Za-z]{65}",
            "description": "A service's key. It reaches operations whose permission is among its scopes.",
        }


class AgentScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # the library's base is untyped
    target_class = "agents.authentication.AgentAuthentication"
    name = "agent"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        return {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "wxa_[0-9A-Za-z]{65}",
            "description": "An agent's key. It acts on behalf of its owner, within its scopes, mode and limits.",
        }


class CookieScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # the library's base is untyped
    target_class = "accounts.authentication.cookie.CookieAuthentication"
    name = "cookie"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        return {
            "type": "apiKey",
            "in": "cookie",
            "name": settings.SESSION_COOKIE_NAME,
            "description": "A log-in in the dashboard or the console. What changes anything needs X-CSRFToken, too.",
        }
