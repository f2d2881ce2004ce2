"""Abstract models: Record (UUIDv7, timestamps), SoftDeletion, SingleLineField; whose rows are audited, swept, imported."""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeVar
from unicodedata import normalize

from django.core.validators import RegexValidator
from django.db import models

from workix.core.classification import ordinary

if TYPE_CHECKING:
    _CharField = models.CharField[str, str]
else:  # Django's class takes no parameters when it runs
    _CharField = models.CharField

ModelClass = TypeVar("ModelClass", bound=type[models.Model])

_CONTROL = (
    r"\u0001-\u001f\u007f-\u009f\u2028\u2029"  # and NUL, which forms and serializers refuse by a name of their own
)
ONE_LINE = RegexValidator(rf"\A[^{_CONTROL}]*\Z", "Use no control characters, and one line only.")
# Blanks, one character that is none, whatever follows: in this order there is one way to match, so it takes linear time.
SAYS_SOMETHING = RegexValidator(rf"\A[^\S{_CONTROL}]*[^\s{_CONTROL}][^{_CONTROL}]*\Z", ONE_LINE.message)

#: Model -> why its rows are not audited. What is, `audit.registry.audited` says.
NOT_AUDITED: dict[type[models.Model], str] = {}


@dataclass(frozen=True, slots=True)
class Retention:
    """A row goes when its column `moment` lies further back than `kept`."""

    moment: str
    kept: timedelta


#: Model -> how long its rows are kept. What is not here is kept until somebody deletes it.
SWEPT: dict[type[models.Model], Retention] = {}

#: Model -> why its rows do not come with an organization that is imported.
NOT_IMPORTED: dict[type[models.Model], str] = {}
#: Model -> attribute -> what it is in each row that is imported, whatever the archive says, or what makes it.
IMPORTED_WITH: dict[type[models.Model], dict[str, Any]] = {}


def uuid7() -> uuid.UUID:
    """Make a time-ordered UUID (version 7).

    Source: RFC 9562, section 5.7: 48 bits of Unix milliseconds, then random bits.
    """
    value = (time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return uuid.UUID(int=value)


class Record(models.Model):
    """A row with an identity of its own and two timestamps."""

    id = ordinary(models.UUIDField(primary_key=True, default=uuid7, editable=False))
    created_at = ordinary(models.DateTimeField(auto_now_add=True, editable=False))
    updated_at = ordinary(models.DateTimeField(auto_now=True, editable=False))

    class Meta:
        abstract = True


class SoftDeletion(models.Model):
    """A row that is kept after it was removed, and is seen by nobody any more."""

    deleted_at = ordinary(models.DateTimeField(null=True, blank=True, editable=False))

    class Meta:
        abstract = True


class SingleLineField(_CharField):
    """One line of text, as names are: a form refuses a control character, which would end a header or a log line.

    It is kept in one form of Unicode (NFC), in which searches look for it, too. A request body says so with
    workix.api.serializers.SingleLineField. To the database it is a CharField.
    """

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        setattr(model_instance, self.attname, self.get_prep_value(super().pre_save(model_instance, add)))
        return getattr(model_instance, self.attname)

    def get_prep_value(self, value: Any) -> Any:
        prepared = super().get_prep_value(value)
        return normalize("NFC", prepared) if isinstance(prepared, str) else prepared

    def formfield(self, **options: Any) -> Any:
        made = super().formfield(**options)
        if made is not None:
            made.validators.append(ONE_LINE)
        return made

    def deconstruct(self) -> Any:
        """Be a CharField in migrations: there is nothing in the database that would change."""
        name, _path, arguments, options = super().deconstruct()
        return name, "django.db.models.CharField", arguments, options


def not_audited(because: str) -> Callable[[ModelClass], ModelClass]:
    """Excuse a model from the audit trail, with the reason; a house test asks for this or for `@audited`."""

    def register(model: ModelClass) -> ModelClass:
        NOT_AUDITED[model] = because
        return model

    return register


def swept(moment: str, *, kept: timedelta) -> Callable[[ModelClass], ModelClass]:
    """Have rows of a model deleted, once a day, when their `moment` lies further back than `kept`.

    It needs an index that begins with that column, and a role that may DELETE and, to skip what is locked, UPDATE.
    """

    def declare(model: ModelClass) -> ModelClass:
        SWEPT[model] = Retention(moment, kept)
        return model

    return declare


def not_imported(because: str) -> Callable[[ModelClass], ModelClass]:
    """Keep rows of a model out of an import of an organization (manage.py import_organization), with the reason.

    For whatever lets somebody in, or could: an archive is a file that anybody may have written.
    """

    def register(model: ModelClass) -> ModelClass:
        NOT_IMPORTED[model] = because
        return model

    return register


def imported_with(**values: Any) -> Callable[[ModelClass], ModelClass]:
    """Have each imported row of a model hold these values, or what they return; a secret that has no default needs one."""

    def register(model: ModelClass) -> ModelClass:
        IMPORTED_WITH[model] = values
        return model

    return register
