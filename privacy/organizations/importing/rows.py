"""Checks rows of an archive against their model, column by column: a row as the database takes it, or what is wrong with it."""

# Note [A row from elsewhere]
# Only a column that an export shows is taken from an archive: a secret never is, its default or what its model says
# (`@imported_with`) stands in its place. Whatever says whose a row is must be the organization that is imported: a person without
# one would be an operator. What points to another row must point to one that is imported; where it may be empty, and points to
# what is not imported at all, it is. What is unique, and whatever else the database asks, the database says.

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC
from typing import Any, TypeAlias
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models

from accounts.models import User
from accounts.models.email_address import normalize_address
from workix.core.classification import Sensitivity, find_sensitivity
from workix.core.models import IMPORTED_WITH, ONE_LINE, SingleLineField

Field: TypeAlias = "models.Field[Any, Any]"
Row = dict[str, Any]
#: Kinds of a column -> what JSON has for them; all others are texts there.
_KINDS: Mapping[type[Field], tuple[type, ...]] = {
    models.BooleanField: (bool,),
    models.IntegerField: (int,),
    models.FloatField: (int, float),
    models.JSONField: (dict, list, str, int, float, bool),
}
_WHOSE = "organization_id"
_NONE_OF_IT = "This is none of what the column holds."
DANGLING = "It points to a row that is not in the archive."


class Wrong(ValueError):
    """What is wrong with a column of a row; `column` is empty where it is the row as a whole."""

    def __init__(self, column: str, detail: str) -> None:
        super().__init__(detail)
        self.column, self.detail = column, detail


class Importing:
    """The models that are imported, and which keys were read of each."""

    def __init__(self, models_of_it: Iterable[type[models.Model]]) -> None:
        self.keys: dict[type[models.Model], set[Any]] = {model: set() for model in models_of_it}

    def takes(self, field: Field) -> bool:
        """Say whether a column comes from the archive: it is shown, nothing is in its place, what it points to comes."""
        related = field.related_model if isinstance(field, models.ForeignKey) else None
        is_said = field.attname in IMPORTED_WITH.get(field.model, {})
        return _is_shown(field) and not is_said and (related is None or related in self.keys)


class TableOfRows:
    """Reads the rows of one model, once, from the first to the last."""

    def __init__(self, model: type[models.Model], *, of: UUID, importing: Importing) -> None:
        self.model, self._of, self._importing = model, of, importing
        fields = [field for field in model._meta.concrete_fields if not field.generated]
        self._taken = {str(field.column): field for field in fields if importing.takes(field)}
        self._given = {str(field.column): field for field in fields if not importing.takes(field)}
        shown = {str(field.column) for field in model._meta.concrete_fields if _is_shown(field)}
        self._passed_over = shown - self._taken.keys()
        self.columns = (*self._taken, *self._given)
        #: What points to a row of the same table: line, column, key.
        self._own: list[tuple[int, str, Any]] = []

    @property
    def name(self) -> str:
        return self.model._meta.db_table

    def read(self, line: int, found: Row) -> Row:
        """Return a row with all columns, as the database takes them. See Note [A row from elsewhere].

        :raises Wrong: for the first column that is not right.
        """
        for column in found:
            if column not in self._taken and column not in self._passed_over:
                raise Wrong(column[:100], "There is no such column here, or it takes no value from an archive.")
        row = {column: self._value(line, field, found) for column, field in self._taken.items()}
        key = row[str(self.model._meta.pk.column)]
        if key in self._importing.keys[self.model]:
            raise Wrong(str(self.model._meta.pk.column), "A row with this key is there twice.")
        self._importing.keys[self.model].add(key)
        return row | {column: given(field) for column, field in self._given.items()}

    def dangling(self) -> Iterator[tuple[int, str]]:
        """List lines and columns that point to a row of the same table which never came."""
        keys = self._importing.keys[self.model]
        return ((line, column) for line, column, key in self._own if key not in keys)

    def _value(self, line: int, field: Field, found: Row) -> Any:
        column = str(field.column)
        if column == _WHOSE and found.get(column) != str(self._of):
            raise Wrong(column, "This is another organization's, or nobody's.")
        value = found.get(column)
        if value is None:
            value = None if column in found else _default(field)
            if value is None and not field.null:
                raise Wrong(column, "This is missing.")
            return value
        cleaned = _clean(field, value)
        if field.related_model is self.model:
            self._own.append((line, column, cleaned))
        elif isinstance(field, models.ForeignKey) and cleaned not in self._importing.keys[field.related_model]:
            raise Wrong(column, DANGLING)
        return cleaned


def _is_shown(field: Field) -> bool:
    return find_sensitivity(field) in (Sensitivity.ORDINARY, Sensitivity.PERSONAL)


def given(field: Field) -> Any:
    """Return what a column holds that comes from no archive."""
    said = IMPORTED_WITH.get(field.model, {})
    value = said[field.attname] if field.attname in said else _default(field)
    return value() if callable(value) else value


def _default(field: Field) -> Any:
    if field.has_default():
        return field.get_default()
    return None if field.null or not field.empty_strings_allowed or not field.blank else ""


def _clean(field: Field, value: Any) -> Any:
    """Read a value of JSON as the field's, and ask all that its model asks of it."""
    column = str(field.column)
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    kinds = next((kinds for kind, kinds in _KINDS.items() if isinstance(target, kind)), (str,))
    if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
        raise Wrong(column, "This is of another kind than the column.")
    try:
        cleaned = target.to_python(value)
        target.run_validators(cleaned)
        _require_exact(field, cleaned)
        if isinstance(field, SingleLineField):
            ONE_LINE(cleaned)
    except ValidationError as error:
        raise Wrong(column, " ".join(error.messages)) from None
    except (ValueError, OverflowError):
        raise Wrong(column, _NONE_OF_IT) from None
    if field.choices and cleaned not in [choice for choice, _ in field.flatchoices]:
        raise Wrong(column, "This is none of the values that there are.")
    return field.get_prep_value(cleaned) if isinstance(field, models.CharField) else cleaned


def _require_exact(field: Field, value: Any) -> None:
    """Ask what no validator does; an OverflowError says that a time is beyond what Python reads back."""
    if isinstance(field, models.DateTimeField) and (value.tzinfo is None or not value.astimezone(UTC)):
        raise ValidationError("This time is of no time zone.")
    if field is User._meta.get_field("email") and normalize_address(value) != value:
        raise ValidationError("An address has one form here, and this is another: lower case, and its domain in ASCII.")
