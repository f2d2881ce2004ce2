"""Rules of approval: which changes of an agent wait (kind of act, resource, fields, amount, time of day), and what they match."""

# Note [What a rule matches]
# A rule is read against what the database itself said would change, entry by entry, and not against a path or a method. So it
# holds for whatever call does such a thing, also one that no rule was written for. A `*` stands for anything. What is asked of
# an entry is asked of each; `at_least` counts those that fit. Days and times are those of the rule's own time zone; a time that
# ends before it begins goes over midnight, and belongs to the day it began on.

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime, time, timedelta
from fnmatch import fnmatchcase
from typing import Any
from zoneinfo import ZoneInfo

Change = Mapping[str, Any]
#: What a rule may name of an entry, and how many of them.
FIELD, MOST_FIELDS = re.compile(r"[a-z_]{1,63}"), 20
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Rule:
    """See Note [What a rule matches]. Empty `fields` and `days` are all of them, and without times it holds all day."""

    name: str
    resource_type: str = "*"
    action: str = "*"
    fields: Sequence[str] = ()
    at_least: int = 1
    days: Sequence[str] = ()
    begins: str = ""
    ends: str = ""
    time_zone: str = "UTC"

    def matches(self, changes: Iterable[Change], *, now: datetime) -> int:
        """Count the changes that make an act wait by this rule; 0 when it does not."""
        if not self._holds(now):
            return 0
        found = sum(self._fits(change) for change in changes)
        return found if found >= self.at_least else 0

    def _fits(self, change: Change) -> bool:
        is_of_kind = fnmatchcase(change["resource_type"], self.resource_type)
        is_act = fnmatchcase(change["action"], self.action)
        return is_of_kind and is_act and (not self.fields or not change["changes"].keys().isdisjoint(self.fields))

    def _holds(self, now: datetime) -> bool:
        local = now.astimezone(ZoneInfo(self.time_zone))
        if self.begins and self.ends:
            begins, ends, at = _time(self.begins), _time(self.ends), local.time()
            if begins < ends:
                if not begins <= at < ends:
                    return False
            elif ends <= at < begins:
                return False
            elif at < ends:
                local -= timedelta(days=1)
        return not self.days or DAYS[local.weekday()] in self.days

    def as_json(self) -> dict[str, Any]:
        return {name: list(each) if isinstance(each, tuple) else each for name, each in asdict(self).items()}


#: Where an organization decided nothing: what can't be taken back, who may do what, what lets in, and what limits.
DEFAULT = (
    Rule("Deletions", action="*.deleted"),
    Rule("Roles of people", resource_type="user", fields=("role",)),
    Rule("Who may log in", resource_type="user", action="*.updated", fields=("is_active",)),
    Rule("Roles of those invited", resource_type="invitation", fields=("role",)),
    Rule("Own roles", resource_type="role*"),
    Rule("API keys", resource_type="api_key"),
    Rule("Ways in", resource_type="identity_provider"),
    Rule("Where the trail is sent to", resource_type="webhook"),
    Rule("Erasures", resource_type="erasure"),
    Rule("The end of the organization", action="organization.removal_*"),
    Rule("Plans", action="organization.plan_changed"),
    Rule("Policies", action="*polic*"),
    Rule("Limits", action="quota.limit_changed"),
    Rule("Many at once", at_least=25),
)
_NAMES = frozenset(each.name for each in fields(Rule))


def read(kept: Iterable[Mapping[str, Any]]) -> tuple[Rule, ...]:
    """Read rules as they are kept. What a later release has besides is passed over."""
    return tuple(_rule({name: value for name, value in each.items() if name in _NAMES}) for each in kept)


def matched(rules: Iterable[Rule], changes: Sequence[Change], *, now: datetime) -> list[dict[str, Any]]:
    """Say by which rules an act waits, and for how many of its changes each; by none, where it may be done."""
    counted = ((rule.name, rule.matches(changes, now=now)) for rule in rules)
    return [{"rule": name, "changes": count} for name, count in counted if count]


def _rule(kept: Mapping[str, Any]) -> Rule:
    values: dict[str, Any] = {name: tuple(each) if isinstance(each, list) else each for name, each in kept.items()}
    return Rule(**values)


def _time(text: str) -> time:
    return time.fromisoformat(text)
