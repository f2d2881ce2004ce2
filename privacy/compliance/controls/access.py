"""Controls of access (compliance): the access review of people and roles, second factors, own roles, API keys."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Count, F, Q, QuerySet, Value

from accounts.models import ApiKey, CustomRole, SecurityPolicy, User
from accounts.models.second_factor import has_second_factor
from accounts.models.security_policy import find_policy
from privacy.compliance.control import (
    MOST_ROWS,
    Finding,
    ReportScope,
    Status,
    control,
    counted,
    days_before,
    met_if,
    table,
)
from workix.core.permissions import Role

AREA = "Access"
#: Days after which who does not log in, and a key that is not used, is to be looked at.
STALE_DAYS = 90

_PEOPLE = ("email", "role", "own_roles", "is_active", "has_factor", "last_login")
_KEYS = ("name", "prefix", "scopes", "created_by__email", "created_at", "last_used_at", "expires_at")


@control(
    "access.people",
    "Access review: people and their roles",
    area=AREA,
    gdpr=["25(2)", "32(1)(b)"],
    soc2=["CC6.2", "CC6.3"],
    asvs=["8.1.1", "8.2.1"],
)
def people(scope: ReportScope) -> Finding:
    """Who may log in, as what, and who has not for a while."""
    away = _untouched("last_login", scope) & Q(is_active=True)
    counts = User.objects.aggregate(
        people=Count("pk"),
        active=Count("pk", filter=Q(is_active=True)),
        admins=Count("pk", filter=Q(is_active=True, role=Role.ADMIN)),
        away=Count("pk", filter=away),
    )
    who = counted(counts["active"], "person", "people")
    sentence = f"{who} may log in; {counts['away']:,} of them did not in {STALE_DAYS} days."
    own_roles = StringAgg("role_members__role__name", ", ", default=Value(""), order_by="role_members__role__name")
    rows = User.objects.annotate(own_roles=own_roles, has_factor=has_second_factor()).order_by("email", "id")
    columns = ("person", "role", "own roles", "active", "second factor", "last log-in")
    return Finding(met_if(counts["away"] == 0), sentence, counts, _rows(columns, rows, _PEOPLE, counts["people"]))


@control(
    "access.second_factors",
    "Admins have a second factor",
    area=AREA,
    gdpr=["32(1)(b)"],
    soc2=["CC6.1"],
    asvs=["6.3.3"],
)
def second_factors(scope: ReportScope) -> Finding:
    """Who may do everything proves who they are by more than a password, here or at the provider that signs them on."""
    policy: SecurityPolicy = find_policy()
    admins = User.objects.filter(is_active=True, role=Role.ADMIN)
    without = admins.exclude(has_second_factor())
    counts = {"admins": admins.count(), "without": without.count()}
    holds = counts["without"] == 0 or policy.requires_second_factor or policy.single_sign_on_only
    sentence = f"{counted(counts['without'], 'active admin has', 'active admins have')} no second factor."
    facts = {**counts, "required": policy.requires_second_factor, "single_sign_on_only": policy.single_sign_on_only}
    rows = _rows(("person",), without.order_by("email", "id"), ("email",), counts["without"])
    return Finding(met_if(holds), sentence, facts, rows)


@control(
    "access.own_roles",
    "Roles the organization composed",
    area=AREA,
    gdpr=["25(2)"],
    soc2=["CC6.3"],
    asvs=["8.1.1", "8.2.1"],
)
def own_roles(scope: ReportScope) -> Finding:
    """What each grants, and to how many; one that names what nobody declares any more is to be looked at."""
    roles = list(CustomRole.objects.annotate(people=Count("members")).order_by("name", "id")[: MOST_ROWS + 1])
    total = len(roles) if len(roles) <= MOST_ROWS else CustomRole.objects.count()
    outdated = sum(1 for role in roles if role.undeclared)
    rows = [(role.name, role.permissions, role.people, " ".join(role.undeclared)) for role in roles]
    sentence = f"{counted(total, 'role', 'roles')}; {outdated:,} name a permission that is no more."
    evidence = table(("role", "permissions", "people", "outdated"), rows, total=total)
    return Finding(met_if(outdated == 0), sentence, {"roles": total, "outdated": outdated}, evidence)


@control(
    "access.keys",
    "API keys and their use",
    area=AREA,
    gdpr=["25(2)", "32(1)(b)"],
    soc2=["CC6.1", "CC6.3"],
    asvs=["8.2.1", "13.2.2"],
)
def keys(scope: ReportScope) -> Finding:
    """A key that nobody uses, or that nobody of the organization answers for, is a way in for no reason."""
    unused, orphaned = (
        _untouched("last_used_at", scope),
        Q(confirmed_by=None) | Q(confirmed_by__deleted_at__isnull=False),
    )
    good = ApiKey.objects.filter(Q(expires_at=None) | Q(expires_at__gt=scope.now))
    counts = good.aggregate(
        keys=Count("pk"),
        unused=Count("pk", filter=unused),
        orphaned=Count("pk", filter=orphaned),
        without_end=Count("pk", filter=Q(expires_at=None)),
    )
    if counts["keys"] == 0:
        return Finding(Status.MET, "There is no API key.", counts)
    sentence = (
        f"{counted(counts['keys'], 'key', 'keys')}; {counts['unused']:,} not used in {STALE_DAYS} days, "
        f"{counts['orphaned']:,} that nobody here answers for."
    )
    columns = ("key", "begins with", "scopes", "made by", "made", "last used", "ends")
    rows = _rows(columns, good.order_by(F("last_used_at").asc(nulls_first=True), "id"), _KEYS, counts["keys"])
    return Finding(met_if(counts["unused"] + counts["orphaned"] == 0), sentence, counts, rows)


def _untouched(column: str, scope: ReportScope) -> Q:
    """Find what has been there for a while and was not used in it."""
    since = days_before(scope.now, STALE_DAYS)
    return Q(**{f"{column}__lt": since}) | Q(**{column: None}) & Q(created_at__lt=since)


def _rows(columns: tuple[str, ...], rows: QuerySet[Any], names: tuple[str, ...], total: int) -> Any:
    return table(columns, rows.values_list(*names)[:MOST_ROWS], total=total)
