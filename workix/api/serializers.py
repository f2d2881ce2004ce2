"""Serializers of request bodies: no unknown field, no type coercion, as the OpenAPI document says."""

# Note [Strict bodies]
# REST framework means well: it drops what it does not know and reads 1 as "1", "yes" as true. A caller then learns
# from their own customers that `frist_name` was never a field. Ours refuses, and says which field it was.
# What a field accepts beyond its kind and length, it tells the document in `json_schema`: JSON Schema's own words.

from __future__ import annotations

from collections.abc import Mapping
from heapq import nsmallest
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.fields import empty
from rest_framework.request import Request

from workix.api.problems import MAX_ERRORS
from workix.core.models import ONE_LINE, SAYS_SOMETHING
from workix.core.resources import LARGEST_INTEGER

#: A field's class -> what JSON calls its values. Subclasses come first.
_KINDS: tuple[tuple[type[serializers.Field[Any, Any, Any, Any]], tuple[type, ...]], ...] = (
    (serializers.BooleanField, (bool,)),
    (serializers.IntegerField, (int, float)),  # 1.0 is an integer: JSON Schema, section 6.1.1
    (serializers.CharField, (str,)),
    (serializers.UUIDField, (str,)),
    (serializers.ChoiceField, (str,)),
)


class StrictSerializer(serializers.Serializer[Any]):
    """The base of every request body. See Note [Strict bodies].

    A whole number that names no bounds of its own has those of PostgreSQL's integer. `takes_more` passes over members that it
    does not know, for what a standard defines and browsers fill in.
    """

    takes_more = False

    def get_fields(self) -> dict[str, Any]:
        fields: dict[str, Any] = super().get_fields()
        for field in fields.values():
            if isinstance(field, serializers.IntegerField):
                _bound(field)
        return fields

    def to_internal_value(self, data: Any) -> Any:
        """Read the body.

        :raises ValidationError: for every field that is unknown, of another kind, or not valid.
        """
        errors = dict(self._body_errors(data)) if isinstance(data, Mapping) else {}
        try:
            value = super().to_internal_value(data)
        except ValidationError as error:
            raise ValidationError({**_by_field(error), **errors}) from error
        if errors:
            raise ValidationError(errors)
        return value

    def _body_errors(self, data: Mapping[Any, Any]) -> Any:
        for field in self._writable_fields:
            given = data.get(field.field_name)
            if given is not None and not _is_of_its_kind(given, field):
                yield field.field_name, [ErrorDetail(_complaint(field, given), "invalid")]
        if self.takes_more:
            return
        unknown = data.keys() - {field.field_name for field in self._writable_fields}
        for name in nsmallest(MAX_ERRORS + 1, unknown):  # more would not be named
            yield str(name), [ErrorDetail("There is no such field.", "unknown_field")]


class SingleLineField(serializers.CharField):
    """One line of text, as names are. Spaces around it are taken off once it was looked at."""

    def __init__(self, *, max_length: int, **options: Any) -> None:
        super().__init__(**options, max_length=max_length, trim_whitespace=False)
        rule = ONE_LINE if self.allow_blank else SAYS_SOMETHING
        self.validators.append(rule)
        self.json_schema = {"maxLength": max_length, "pattern": _as_json_schema(rule)} | (
            {} if self.allow_blank else {"minLength": 1}
        )

    def run_validation(self, data: Any = empty) -> Any:
        """Refuse what is blank, check the rest as it came, and return it without the spaces around it."""
        if isinstance(data, str) and not data.strip() and not self.allow_blank:
            self.fail("blank")
        value = super().run_validation(data)
        return value.strip() if isinstance(value, str) else value


def _bound(field: Any) -> None:
    """Give a whole number the bounds it lacks; the document reads the attributes."""
    if field.max_value is None:
        field.max_value = LARGEST_INTEGER
        field.validators.append(MaxValueValidator(LARGEST_INTEGER))
    if field.min_value is None:
        field.min_value = -LARGEST_INTEGER - 1
        field.validators.append(MinValueValidator(-LARGEST_INTEGER - 1))


def _as_json_schema(rule: RegexValidator) -> str:
    """Write a rule as JSON Schema has it: anchors of JavaScript, and without NUL."""
    pattern = str(getattr(rule.regex, "pattern", rule.regex))
    return pattern.replace(r"\A", "^").replace(r"\Z", "$").replace(r"\u0001-", r"\u0000-")


def _is_of_its_kind(given: Any, field: Any) -> bool:
    kinds = next((kinds for kind, kinds in _KINDS if isinstance(field, kind)), None)
    if kinds is None:
        return True
    return isinstance(given, kinds) and (bool in kinds or not isinstance(given, bool))


def _complaint(field: Any, given: Any) -> str:
    wrong = field.error_messages.get("invalid") or field.error_messages["invalid_choice"]
    return str(wrong.format(input=given))


def _by_field(error: ValidationError) -> dict[str, Any]:
    detail = error.detail
    return dict(detail) if isinstance(detail, Mapping) else {"non_field_errors": detail}


def sent(serializer: type[StrictSerializer], request: Request) -> dict[str, Any]:
    """Read the body of a request.

    :raises ValidationError: when it is not what the serializer asks for.
    """
    given = serializer(data=request.data)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)
