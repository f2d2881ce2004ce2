"""Controls of isolation (compliance): what the catalogs of PostgreSQL say today about who reaches the organization's rows."""

from __future__ import annotations

from collections.abc import Sequence

from privacy.compliance.control import Finding, ReportScope, Status, control, counted, met_if, table
from tenants.isolation.evidence.organization_drift import OrganizationDrift, find_organization_drift

AREA = "Isolation"
GDPR, SOC2, ASVS = ["25(1)", "32(1)(b)", "32(1)(d)"], ["CC6.1", "CC6.3", "C1.1"], ["8.4.1", "13.2.2"]


@control("isolation.schema", "Nobody else holds a privilege on its data", area=AREA, gdpr=GDPR, soc2=SOC2, asvs=ASVS)
def schema(scope: ReportScope) -> Finding:
    """Every grant on its schema, and on each table, column, sequence and function in it, is a declared one."""
    return _finding(_drift(scope).grants, "Every privilege on its schema and what is in it is a declared one.")


@control("isolation.elsewhere", "Its role holds none on data of others", area=AREA, gdpr=GDPR, soc2=SOC2, asvs=ASVS)
def elsewhere(scope: ReportScope) -> Finding:
    """Its database role was granted nothing outside its own schema."""
    return _finding(_drift(scope).elsewhere, "Its role holds no privilege in the schema of another organization.")


@control("isolation.shared", "What all organizations share is guarded", area=AREA, gdpr=GDPR, soc2=SOC2, asvs=ASVS)
def shared(scope: ReportScope) -> Finding:
    """Functions, grants, row-level security and triggers of `public`, and who may connect, are as declared."""
    return _finding(
        _drift(scope).shared, "Grants, functions, policies and triggers of the shared tables are as declared."
    )


@control("isolation.roles", "Database roles have no power", area=AREA, gdpr=GDPR, soc2=SOC2, asvs=["13.2.1", "13.2.2"])
def roles(scope: ReportScope) -> Finding:
    """Its role, and those of the platform: no attribute, membership, setting or password but the declared ones."""
    return _finding(_drift(scope).roles, "Its role and those of the platform are as declared, and have no power.")


@control("isolation.catalog", "The catalogs tell it nothing of others", area=AREA, gdpr=GDPR, soc2=SOC2, asvs=["8.4.1"])
def catalog(scope: ReportScope) -> Finding:
    """What PostgreSQL tells everybody by itself (names, sizes, activity) is closed to roles of organizations."""
    drift = _drift(scope)
    rows = table(("stays open",), [(each,) for each in drift.stays_open], total=len(drift.stays_open))
    if drift.is_hardened:
        return Finding(Status.MET, "The system catalogs are closed to its role.", {}, rows)
    told = "The system catalogs are as PostgreSQL ships them: names and sizes are told to every role, rows are not."
    return Finding(Status.NOT_MET, told, {}, rows)


@control(
    "trail.triggers",
    "Every change of a row is recorded",
    area="Audit trail",
    gdpr=["5(2)", "32(1)(d)"],
    soc2=["CC7.2", "CC8.1"],
    asvs=["16.2.1", "16.3.2"],
)
def triggers(scope: ReportScope) -> Finding:
    """The triggers that write the trail, and the checks beside them, are there, enabled and unchanged."""
    return _finding(_drift(scope).objects, "The triggers that record changes, and the checks, are there and unchanged.")


def _drift(scope: ReportScope) -> OrganizationDrift:
    found: OrganizationDrift = scope.once("isolation", lambda: find_organization_drift(scope.organization))
    return found


def _finding(differences: Sequence[str], all_well: str) -> Finding:
    count = len(differences)
    sentence = (
        all_well if not count else f"{counted(count, 'thing is', 'things are')} not as declared: {differences[0]}"
    )
    rows = table(("difference",), [(each,) for each in differences], total=count) if count else None
    return Finding(met_if(count == 0), sentence, {"differences": count}, rows)
