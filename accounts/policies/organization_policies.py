"""Policies of the own organization: read_policies() and change_policies(), wherever each is kept, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from accounts.login.sessions import shorten_sessions
from accounts.models.security_policy import (
    LONGEST_LIFETIME_DAYS,
    LONGEST_RETENTION_DAYS,
    MOST_ASKED_FOR,
    MOST_REMEMBERED,
    SecurityPolicy,
    find_policy,
    shortest_allowed,
)
from accounts.passwords import history
from accounts.passwords import single_sign_on_only as single_sign_on
from accounts.passwords.break_glass_admins import lock_for_decision
from tenants import policies as reach
from workix.core.errors import Invalid


@dataclass(frozen=True, slots=True)
class OrganizationPolicies:
    """What an organization decided: how it is reached (in `public`), and how safe its people are (in its own schema)."""

    reach: reach.Policies
    security: SecurityPolicy


def read_policies() -> OrganizationPolicies:
    """Read what the organization in scope decided."""
    return OrganizationPolicies(reach.own_policies(), find_policy())


def change_policies(**wanted: Any) -> OrganizationPolicies:
    """Decide otherwise what is named, and nothing else: all of it or, where something is refused, nothing.

    The trail gets one entry for what is in `public`, and one for what is in the organization's schema.

    :raises Invalid: when something can't be decided so, or who asks would be shut out.
    """
    decisions = SecurityPolicy.decisions()
    of_security = {name: value for name, value in wanted.items() if name in decisions}
    if "break_glass_admins" in of_security:
        of_security["break_glass_admins"] = sorted({str(each) for each in of_security["break_glass_admins"]})
    of_reach = {name: value for name, value in wanted.items() if name not in decisions}
    with transaction.atomic():
        if of_security.keys() & single_sign_on.DECISIONS:
            lock_for_decision(of_security.get("break_glass_admins", find_policy().break_glass_admins))
        security = _change_security(of_security) if of_security else find_policy()
        reached = reach.change_policies(**of_reach) if of_reach else reach.own_policies()
        return OrganizationPolicies(reached, security)


def _change_security(wanted: Mapping[str, Any]) -> SecurityPolicy:
    policy = find_policy(lock=True)
    if policy._state.adding:
        try:
            with transaction.atomic():
                return _written(policy, wanted)
        except IntegrityError:  # another admin was the first to decide anything, at this moment
            policy = find_policy(lock=True)
    return _written(policy, wanted)


def _written(policy: SecurityPolicy, wanted: Mapping[str, Any]) -> SecurityPolicy:
    before = {name: getattr(policy, name) for name in wanted}
    was_only = policy.single_sign_on_only
    for name, value in wanted.items():
        setattr(policy, name, value)
    _check(policy)
    if wanted.keys() & single_sign_on.DECISIONS:
        single_sign_on.check(policy, is_turned_on=policy.single_sign_on_only and not was_only)
    if before != wanted:
        policy.save(force_insert=policy._state.adding)
        history.forget_beyond(policy.password_history)
        required_from = policy.second_factor_required_from
        if required_from is not None and required_from != before.get("second_factor_required_from", required_from):
            shorten_sessions(required_from)
    return policy


def _check(policy: SecurityPolicy) -> None:
    """Refuse what a policy can't be, by what it would be as a whole: what one decision allows may hang on another."""
    _require(policy, "password_length", shortest_allowed(policy), MOST_ASKED_FOR)
    _require(policy, "password_history", 0, MOST_REMEMBERED)
    if policy.password_lifetime_days is not None:
        _require(policy, "password_lifetime_days", 1, LONGEST_LIFETIME_DAYS)
    if policy.audit_retention_days is not None:
        floor = settings.WORKIX.audit_retention_floor_days
        _require(policy, "audit_retention_days", floor, LONGEST_RETENTION_DAYS)


def _require(policy: SecurityPolicy, name: str, least: int, most: int) -> None:
    if not least <= getattr(policy, name) <= most:
        raise Invalid(f"This is a number from {least} to {most}.", field=name, problem="out_of_range")
