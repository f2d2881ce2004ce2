"""drf-spectacular: tags, problem schema, auth schemes, examples."""

from __future__ import annotations

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from rest_framework import serializers

from workix.foundation.access import OPEN


class FieldError(serializers.Serializer[Any]):
    """What is wrong with one field."""

    field = serializers.CharField(help_text="Dotted path, empty for the body as a whole.")
    code = serializers.CharField()
    detail = serializers.CharField()


class Problem(serializers.Serializer[Any]):
    """RFC 9457 problem."""

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

    def get_operation_id(self) -> str:
        name: str | None = getattr(self.view, "operation_ids", {}).get(self._key())
        return name or super().get_operation_id()

    def get_response_serializers(self) -> Any:
        found: Any = super().get_response_serializers()
        responses: dict[Any, Any] = dict(found) if isinstance(found, dict) else {self._success(): found}
        for status in self._problem_statuses():
            responses.setdefault((str(status), "application/problem+json"), Problem)
        return responses

    def _problem_statuses(self) -> set[int]:
        is_open = getattr(self.view, "needs", {}).get(self._key()) == OPEN
        found = {404, 406, 500, 503} | (set() if is_open else {401, 403})
        if self.method in ("POST", "PUT", "PATCH"):
            found |= {400, 413, 415}
        if "{" in self.path:
            found |= {404}
        return found | set(getattr(self.view, "problems", {}).get(self._key(), ()))

    def _key(self) -> str:
        return getattr(self.view, "action", None) or self.method.lower()

    def _success(self) -> str:
        return {"POST": "201", "DELETE": "204"}.get(self.method, "200")


class BearerScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # the library's base is untyped
    target_class = "accounts.authentication.BearerAuthentication"
    name = "bearer"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
