"""Which attributes a response of SCIM has (RFC 7644, section 3.9): attributes and excludedAttributes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from accounts.scim.errors import InvalidValue
from accounts.scim.schemas import GROUP, USER

#: Returned whatever is asked for (RFC 7643, section 7, `returned: always`).
_ALWAYS = {"schemas", "id"}
_MOST_NAMES = 50
_URNS = tuple(f"{urn.lower()}:" for urn in (USER, GROUP))


@dataclass(frozen=True, slots=True)
class Shown:
    """Which attributes a response has (RFC 7644, section 3.9). Names are in lower case; empty: all, or all but none."""

    only: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()

    def shows(self, name: str) -> bool:
        """Say whether an attribute is returned, whole or a part of it."""
        if self.only:
            return any(each.split(".")[0] == name for each in self.only)
        return name not in self.without

    def of(self, resource: Mapping[str, Any]) -> dict[str, Any]:
        """Return what was asked for of a resource."""
        if not self.only and not self.without:
            return dict(resource)
        return {
            name: value if name in _ALWAYS else self._parts(name.lower(), value)
            for name, value in resource.items()
            if name in _ALWAYS or self.shows(name.lower())
        }

    def _parts(self, name: str, value: Any) -> Any:
        if isinstance(value, list):
            return [self._parts(name, each) for each in value]
        if not isinstance(value, dict) or name in self.only:
            return value
        if self.only:
            return {part: each for part, each in value.items() if f"{name}.{part.lower()}" in self.only}
        return {part: each for part, each in value.items() if f"{name}.{part.lower()}" not in self.without}


def shown(only: Iterable[str], without: Iterable[str]) -> Shown:
    """Read which attributes are asked for; what there is not is not returned.

    :raises InvalidValue: when both are named, or too many.
    """
    names = Shown(_names(only), _names(without))
    if names.only and names.without:
        raise InvalidValue("Name attributes or excludedAttributes, not both.")
    return names


def _names(listed: Iterable[str]) -> frozenset[str]:
    names = [each.strip().lower() for each in listed]
    if len(names) > _MOST_NAMES:
        raise InvalidValue(f"Name {_MOST_NAMES} attributes or fewer.")
    for urn in _URNS:
        names = [name.removeprefix(urn) for name in names]
    return frozenset(name for name in names if name)
