"""SCIM PATCH (RFC 7644, section 3.5.2): reads a PatchOp into operations on attributes, with the habits of Okta and Entra ID."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from accounts.scim.errors import InvalidPath, InvalidSyntax, InvalidValue, NoTarget
from accounts.scim.filters.grammar import LONGEST, parse
from accounts.scim.filters.tree import Node
from accounts.scim.schemas import ENTERPRISE, GROUP, USER

SCHEMA = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
MOST_OPERATIONS = 100
_PATH = re.compile(r"(?P<name>[a-z$][\w.$-]*)(?P<filter>\[.*\])?(?:\.(?P<part>[a-z$][\w$-]*))?", re.ASCII | re.DOTALL)
_URNS = tuple(f"{urn.lower()}:" for urn in (USER, GROUP))


@dataclass(frozen=True, slots=True)
class Operation:
    """`add`, `replace` or `remove` of an attribute (in lower case), or of the items of it that `where` means.

    `attribute` is empty where the operation has no path: its value is an object of attributes then.
    """

    verb: str
    attribute: str
    value: Any = None
    where: Node | None = None


def read_patch(body: Any) -> list[Operation]:
    """Read a PatchOp.

    :raises InvalidSyntax: when it is none.
    :raises InvalidPath: when a path can't be read.
    :raises InvalidFilter: when the filter in a path can't be.
    :raises InvalidValue: when an operation without a path has no object for its value, or there are too many operations.
    :raises NoTarget: when something is removed, and nobody says what.
    """
    if not isinstance(body, dict) or not _says_patch(body.get("schemas")):
        raise InvalidSyntax(f"The body is an object, with {SCHEMA} in `schemas`.")
    listed = next((value for name, value in body.items() if name.lower() == "operations"), None)
    if not isinstance(listed, list) or not listed:
        raise InvalidSyntax("`Operations` is a list with one operation at least.")
    if len(listed) > MOST_OPERATIONS:
        raise InvalidValue(f"Send {MOST_OPERATIONS} operations or fewer at once.")
    return [_operation(each) for each in listed]


def _says_patch(named: Any) -> bool:
    return named is None or (isinstance(named, list) and SCHEMA in [each for each in named if isinstance(each, str)])


def _operation(given: Any) -> Operation:
    if not isinstance(given, dict):
        raise InvalidSyntax("An operation is an object.")
    verb, path, value = given.get("op"), given.get("path"), given.get("value")
    verb = verb.lower() if isinstance(verb, str) else ""
    if verb not in ("add", "replace", "remove"):
        raise InvalidSyntax("`op` is add, replace or remove.")
    if path is None or path == "":
        return _without_path(verb, value)
    if not isinstance(path, str) or len(path) > LONGEST:
        raise InvalidPath(f"`path` is a text of {LONGEST} characters or fewer.")
    if verb != "remove" and "value" not in given:
        raise InvalidValue("`value` is missing.")
    attribute, where = _path(path)
    return Operation(verb, attribute, value, where)


def _without_path(verb: str, value: Any) -> Operation:
    if verb == "remove":
        raise NoTarget("Say in `path` what is removed.")
    if not isinstance(value, dict):
        raise InvalidValue("Without a `path`, `value` is an object of attributes.")
    return Operation(verb, "", value)


def _path(path: str) -> tuple[str, Node | None]:
    text = path.strip()
    for urn in _URNS:
        if text.lower().startswith(urn):
            text = text[len(urn) :]
    if text.lower().startswith(ENTERPRISE.lower()):
        return text.lower(), None
    name, bracket, rest = text.partition("[")
    found = _PATH.fullmatch(name.lower() + bracket + rest) or _refuse()
    part = (found["part"] or "").lower()
    inner = (found["filter"] or "")[1:-1]
    attribute = f"{found['name']}.{part}" if part else found["name"]
    return attribute, parse(inner) if found["filter"] else None


def _refuse() -> re.Match[str]:
    raise InvalidPath('`path` is an attribute, as name.givenName, or items of one, as members[value eq "…"].')
