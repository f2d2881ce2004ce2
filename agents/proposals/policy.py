"""Approval policy of the own organization: read_policy() and change_policy()."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

import orjson
from django.db import IntegrityError, transaction

from agents.models import ApprovalPolicy
from agents.proposals.rules import DEFAULT, Rule, read
from workix.core.errors import ChangedMeanwhile, Invalid

MOST_RULES = 50


@dataclass(frozen=True, slots=True)
class Policy:
    """What waits for approval. With `four_eyes` an agent's owner does not decide on what it proposes."""

    rules: tuple[Rule, ...] = DEFAULT
    four_eyes: bool = False


def read_policy() -> Policy:
    """Read what the organization in scope decided; the defaults, where it decided nothing."""
    found = ApprovalPolicy.objects.first()
    return Policy() if found is None else Policy(read(found.rules), found.four_eyes)


def change_policy(*, rules: Sequence[Rule] | None = None, four_eyes: bool | None = None, seen: str = "") -> Policy:
    """Decide otherwise what is named, and nothing else. Rules take the place of all that there were.

    `seen` is what version_of() says of the policy that whoever decides looked at; empty, it may be any.

    :raises Invalid: when there are too many rules, two of a name, or one that can't be read.
    :raises ChangedMeanwhile: when it is another than that.
    """
    if rules is not None:
        _check(rules)
    with transaction.atomic():
        policy = _locked()
        before = (policy.rules, policy.four_eyes)
        if seen and seen != version_of(Policy(read(policy.rules), policy.four_eyes)):
            raise ChangedMeanwhile
        if rules is not None:
            policy.rules = [rule.as_json() for rule in rules]
        if four_eyes is not None:
            policy.four_eyes = four_eyes
        if before != (policy.rules, policy.four_eyes):
            policy.save()
    return Policy(read(policy.rules), policy.four_eyes)


def _locked() -> ApprovalPolicy:
    """Return the row, locked; where there was none, one that holds the defaults."""
    found = ApprovalPolicy.objects.select_for_update().first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            made = ApprovalPolicy(rules=[rule.as_json() for rule in DEFAULT])
            made.save(force_insert=True)
            return made
    except IntegrityError:  # another admin was the first to decide anything, at this moment
        return ApprovalPolicy.objects.select_for_update().get()


def _check(rules: Sequence[Rule]) -> None:
    if len(rules) > MOST_RULES:
        raise Invalid(f"Use {MOST_RULES} rules or fewer.", field="rules", problem="max_length")
    if len({rule.name for rule in rules}) < len(rules):
        raise Invalid("Two rules have the same name.", field="rules", problem="unique")
    for number, rule in enumerate(rules):
        if bool(rule.begins) != bool(rule.ends) or (rule.begins and rule.begins == rule.ends):
            raise Invalid("Say when it begins and when it ends, or neither.", field=f"rules.{number}.ends")
        if not is_time_zone(rule.time_zone):
            raise Invalid("This is no time zone, as Europe/Berlin is.", field=f"rules.{number}.time_zone")


def is_time_zone(name: str) -> bool:
    """Say whether there is a time zone of this name (IANA)."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # no such zone, a path that leaves the folder, a folder
        return False
    return True


def as_json(policy: Policy) -> dict[str, Any]:
    """Write a policy as the API shows it."""
    return {"rules": [rule.as_json() for rule in policy.rules], "four_eyes": policy.four_eyes}


def version_of(policy: Policy) -> str:
    """Say which policy this is: another one has another version."""
    return sha256(orjson.dumps(as_json(policy))).hexdigest()
