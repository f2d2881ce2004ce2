"""Declarations: everything the installed apps declare, in one answer for the auditor and the privacy officer."""

from __future__ import annotations

from typing import Any

from audit.data_inventory import data_inventory
from audit.registry import AUDITED
from tenants.isolation.privileges import control_grants, tenant_grants
from workix.core.apps import declaring_apps, permissions, resources
from workix.core.models import NOT_AUDITED
from workix.core.privileges import Privilege
from workix.core.triggers import declared_triggers

Row = dict[str, Any]


def declarations() -> dict[str, list[Row]]:
    """Collect permissions, resources, and each table: who may do what with it, what it holds, how it is audited."""
    return {"permissions": _permissions(), "resources": _resources(), "tables": _tables(), "columns": _columns()}


def _permissions() -> list[Row]:
    return [
        {
            "permission": name,
            "held by": ", ".join(sorted(each.held_by)),
            "API keys": "may hold it" if each.scope else "never",
            "allows": each.description,
        }
        for name, each in permissions().items()
    ]


def _resources() -> list[Row]:
    return [
        {"resource": name, "kind": each.kind.name.lower(), **{plan: str(limit) for plan, limit in each.default.items()}}
        for name, each in resources().items()
    ]


def _tables() -> list[Row]:
    tenant, control, triggers = tenant_grants(), control_grants(), declared_triggers()
    trail = {model._meta.db_table: how.resource for model, how in AUDITED.items()}
    excused = {model._meta.db_table: why for model, why in NOT_AUDITED.items()}
    return [
        {
            "table": table,
            "tenant role": _listed(tenant.get(table, ())),
            "control role": _listed(control.get(table, ())),
            "triggers": ", ".join(trigger.name for trigger in triggers.get(table, ())),
            "audited as": trail.get(table) or f"not: {excused.get(table, 'it is no table of ours')}",
        }
        for table in sorted({*tenant, *control})
    ]


def _columns() -> list[Row]:
    tables = {model._meta.db_table: app.label for app in declaring_apps() for model in app.get_models()}
    return [
        {"column": f"{table}.{column}", "app": tables.get(table, ""), "holds": kind.value if kind else "?"}
        for table, columns in data_inventory().items()
        for column, kind in columns.items()
    ]


def _listed(privileges: tuple[Privilege, ...]) -> str:
    return ", ".join(
        f"{each.name} of {len(each.columns)} columns" if each.columns else each.name for each in privileges
    )
