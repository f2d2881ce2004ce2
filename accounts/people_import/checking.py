"""Checks people who are to be imported, each field of each line: what is good comes as a Person, what is not as a Fault."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from unicodedata import normalize

from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator

from accounts.login.imported_hashes import as_imported
from accounts.models.email_address import check_address
from accounts.people_import.files import Fault, Line
from workix.core.errors import Invalid
from workix.core.models import ONE_LINE
from workix.core.permissions import Role

#: Faults that are told one by one; of more there is the number.
MOST_TOLD = 100
_LONGEST_NAME = 100
_ROLES = tuple(role.value for role in Role)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to import. `password_hash` is empty where they come without a password."""

    line: int
    email: str
    first_name: str
    last_name: str
    role: str
    password_hash: str = field(repr=False)


@dataclass(slots=True)
class Checked:
    """What a file holds: people, by their address, and faults, of which the first MOST_TOLD are kept and all are counted."""

    people: dict[str, Person] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    count_of_faults: int = 0

    def add_fault(self, fault: Fault) -> None:
        self.count_of_faults += 1
        if len(self.faults) < MOST_TOLD:
            self.faults.append(fault)


def check(lines: Iterable[Line | Fault]) -> Checked:
    """Check every line, and that no address comes twice, in the one form in which we compare them."""
    checked = Checked()
    for line in lines:
        if isinstance(line, Fault):
            checked.add_fault(line)
            continue
        person = _person(line, checked)
        if person is None:
            continue
        first = checked.people.setdefault(person.email, person)
        if first is not person:
            checked.add_fault(Fault(line.number, "email", f"Line {first.line} has the same address."))
    return checked


def _person(line: Line, checked: Checked) -> Person | None:
    """Read somebody; tell every field that is wrong, and not only the first."""
    good: dict[str, str] = {}
    for name, reader in _READERS.items():
        try:
            good[name] = reader(line.values[name])
        except Invalid as refusal:
            checked.add_fault(Fault(line.number, name, refusal.detail))
        except ValueError as error:
            checked.add_fault(Fault(line.number, name, str(error)))
    return Person(line.number, **good) if len(good) == len(_READERS) else None


def _address(value: str) -> str:
    if not value:
        raise ValueError("An address is needed.")
    return check_address(value)


def _name(value: str) -> str:
    name = normalize("NFC", value)
    if len(name) > _LONGEST_NAME:
        raise ValueError(f"Use {_LONGEST_NAME} characters or fewer.")
    try:
        ONE_LINE(name)
        ProhibitNullCharactersValidator()(name)
    except ValidationError as error:
        raise ValueError(ONE_LINE.message) from error
    return name


def _role(value: str) -> str:
    role = value.lower() or Role.USER.value
    if role not in _ROLES:
        raise ValueError(f"Use one of {', '.join(_ROLES)}.")
    return role


def _password_hash(value: str) -> str:
    return as_imported(value) if value else ""


_READERS: Mapping[str, Callable[[str], str]] = {
    "email": _address,
    "first_name": _name,
    "last_name": _name,
    "role": _role,
    "password_hash": _password_hash,
}
