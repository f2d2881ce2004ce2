"""SCIM values of a person: reads what an identity provider sends (POST, PUT, and each operation of PATCH) into columns."""

# Note [What identity providers send]
# Okta and Entra ID map what a directory has: titles, phones, a manager, a random password. We keep what a person here has.
# What RFC 7643 knows and we do not is taken and not kept, since a provider stops provisioning somebody over one error. What
# nobody knows is refused in a path (invalidPath) and passed over in a body, as RFC 7644, section 3.3, has it. The response
# says what is kept. Entra ID writes booleans as texts ("False"), and names of attributes come in any case.

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from unicodedata import normalize

from django.core.exceptions import ValidationError

from accounts.models.email_address import normalize_address
from accounts.scim.errors import InvalidPath, InvalidSyntax, InvalidValue, NotMutable
from accounts.scim.schemas import ENTERPRISE, USER
from workix.core.models import ONE_LINE

#: What RFC 7643, sections 4.1 and 4.3, knows and we do not keep, or make of the rest. Written all the same: see the Note.
NOT_KEPT = frozenset(
    "displayname nickname profileurl title usertype preferredlanguage locale timezone password emails phonenumbers ims photos"
    " addresses entitlements roles x509certificates name.formatted name.middlename name.honorificprefix"
    " name.honorificsuffix schemas".split()
)
READ_ONLY = frozenset({"id", "meta", "groups"})

Columns = dict[str, Any]


def _line(name: str, longest: int) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if value is None:
            return ""
        if not isinstance(value, str):
            raise InvalidValue(f"{name} is a text.")
        text = normalize("NFC", value.strip())
        if len(text) > longest or not _is_one_line(text):
            raise InvalidValue(f"{name} is one line of {longest} characters or fewer.")
        return text

    return read


def _is_one_line(text: str) -> bool:
    try:
        ONE_LINE(text)
    except ValidationError:
        return False
    return "\0" not in text


def _address(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise InvalidValue("userName is an e-mail address.")
    return normalize_address(value)


def _flag(value: Any) -> bool:
    found = {"true": True, "false": False}.get(str(value).lower()) if isinstance(value, str | bool) else None
    if found is None:
        raise InvalidValue("active is true or false.")
    return found


#: Attribute, in lower case -> column, and what reads a value of it.
_KEPT: Mapping[str, tuple[str, Callable[[Any], Any]]] = {
    "username": ("email", _address),
    "externalid": ("external_id", _line("externalId", 255)),
    "active": ("is_active", _flag),
    "name.givenname": ("first_name", _line("givenName", 100)),
    "name.familyname": ("last_name", _line("familyName", 100)),
}
#: What a person has whom nobody gave these (PUT without them, and PATCH that removes them). Whether somebody is active is
#: not among them: what leaves it out activates nobody.
_EMPTY: Columns = {"external_id": "", "first_name": "", "last_name": ""}


def read_resource(body: Any) -> Columns:
    """Read a whole person (POST, PUT): those columns that were left out as they are without, but for `is_active`.

    :raises InvalidSyntax: when it is no object.
    :raises InvalidValue: when a value is of another kind, or there is no userName.
    """
    if not isinstance(body, dict):
        raise InvalidSyntax("The body is an object: a User.")
    _require_schema(body.get("schemas"))
    found: Columns = {}
    for name, value in body.items():
        attribute = name.lower()
        if attribute not in READ_ONLY:  # ignored here: RFC 7644, section 3.3
            found |= _columns(attribute, value, is_path=False)
    if "email" not in found:
        raise InvalidValue("userName is required.")
    return _EMPTY | found


def read_value(attribute: str, value: Any, *, is_path: bool = True) -> Columns:
    """Read a value that PATCH sets. `is_path`: the attribute was named as a path.

    :raises NotMutable: when no client writes it.
    :raises InvalidPath: when there is no such attribute.
    :raises InvalidValue: when the value is of another kind.
    """
    if attribute.split(".", maxsplit=1)[0] in READ_ONLY:
        raise NotMutable("No client writes this.")
    return _columns(attribute, value, is_path=is_path)


def read_removal(attribute: str) -> Columns:
    """Read what is left of an attribute that PATCH removes.

    :raises NotMutable: when it has to stay.
    :raises InvalidPath: when there is no such attribute.
    """
    if attribute in ("username", "active") or attribute.split(".", maxsplit=1)[0] in READ_ONLY:
        raise NotMutable("This can't be removed.")
    return {column: _EMPTY[column] for column in _columns(attribute, None, is_path=True, reads=False)}


def _columns(attribute: str, value: Any, *, is_path: bool, reads: bool = True) -> Columns:
    for urn in (USER, ENTERPRISE):
        if attribute == urn.lower() or attribute.startswith(f"{urn.lower()}:"):
            inner = attribute[len(urn) + 1 :]
            return {} if urn == ENTERPRISE else _columns(inner, value, is_path=is_path, reads=reads)
    if attribute == "name":
        return _name(value, reads=reads)
    if attribute in _KEPT:
        column, read = _KEPT[attribute]
        return {column: read(value) if reads else None}
    if is_path and attribute not in NOT_KEPT and attribute.split(".", maxsplit=1)[0] not in NOT_KEPT:
        raise InvalidPath("A User has no such attribute.")
    return {}


def _name(value: Any, *, reads: bool) -> Columns:
    if not reads or value is None:
        return {"first_name": "", "last_name": ""}
    if not isinstance(value, dict):
        raise InvalidValue("name is an object.")
    found: Columns = {}
    for part, each in value.items():
        if f"name.{part.lower()}" in _KEPT:
            found |= _columns(f"name.{part.lower()}", each, is_path=False)
    return found


def _require_schema(named: Any) -> None:
    """Take a body without `schemas`, as some clients send it; one that says it is something else is."""
    texts = [each for each in named if isinstance(each, str)] if isinstance(named, list) else None
    if named is not None and USER not in (texts or ()):
        raise InvalidSyntax(f"schemas is a list with {USER} in it.")
