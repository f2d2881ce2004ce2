"""Privileges: every GRANT there must be, collected from what the apps declare. See manage.py show_declarations."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from workix.core.apps import declaring_apps, foundation_apps, tenant_models
from workix.core.privileges import DELETE, EVERY_ROW, INSERT, SELECT, UPDATE, Privilege

#: Tables of `public` -> what every tenant role may do, through the group. Names of models, nothing of anybody.
GROUP_GRANTS: Mapping[str, tuple[Privilege, ...]] = MappingProxyType({"django_content_type": (SELECT,)})

#: Tables -> what the sequencer may do in every tenant schema: it reads the trail and adds to the tree over it.
_SEQUENCER_OF_TRAILS: Mapping[str, tuple[Privilege, ...]] = MappingProxyType(
    {
        "audit_logs": (SELECT,),
        "audit_leaves": (SELECT, INSERT),
        "audit_subtrees": (SELECT, INSERT),
        "audit_checkpoints": (SELECT, INSERT),
        "audit_prunings": (SELECT,),
    }
)
#: In `public` it takes what has arrived, and notes how far checkpoints were published.
SEQUENCER_IN_PUBLIC: Mapping[str, tuple[Privilege, ...]] = MappingProxyType(
    {"audit_arrivals": (SELECT, DELETE), "checkpoint_publications": (SELECT, INSERT, UPDATE)}
)

#: The watchdog is told whose role is on which plan.
WATCHDOG_IN_PUBLIC: Mapping[str, tuple[Privilege, ...]] = MappingProxyType(
    {"organizations": (Privilege("SELECT", ("id", "plan", "schema_name")),)}
)

#: Tables of `public` that libraries brought -> what the control role may do with them.
_CONTROL_OF_LIBRARIES: Mapping[str, tuple[Privilege, ...]] = MappingProxyType(
    {
        "django_session": EVERY_ROW,
        "django_content_type": (SELECT,),
        "django_migrations": (SELECT,),
        "procrastinate_jobs": EVERY_ROW,
        "procrastinate_events": EVERY_ROW,
        "procrastinate_periodic_defers": EVERY_ROW,
        "procrastinate_workers": EVERY_ROW,
    }
)


@cache
def tenant_grants() -> Mapping[str, tuple[Privilege, ...]]:
    """Map each table of a tenant schema to what its tenant role may do. Whatever else is in it is closed."""
    narrower = {table: granted for app in declaring_apps() for table, granted in app.privileges.items()}
    tables = sorted(model._meta.db_table for model in tenant_models() if model._meta.managed)
    return {table: narrower.get(table, EVERY_ROW) for table in tables}


@cache
def sequencer_grants() -> Mapping[str, tuple[Privilege, ...]]:
    """Map tables of a tenant schema to what the sequencer may do with them."""
    declared = {table: granted for app in foundation_apps() for table, granted in app.sequencer_privileges.items()}
    return {**_SEQUENCER_OF_TRAILS, **declared}


@cache
def control_grants() -> Mapping[str, tuple[Privilege, ...]]:
    """Map each table of `public` to what the control role may do. Organizations are opened and removed by the owner."""
    declared = {table: granted for app in foundation_apps() for table, granted in app.control_privileges.items()}
    return {**declared, **_CONTROL_OF_LIBRARIES}


#: Sequences of `public` that the job worker counts with, as the control role.
CONTROL_SEQUENCES = (
    "procrastinate_jobs_id_seq",
    "procrastinate_events_id_seq",
    "procrastinate_periodic_defers_id_seq",
    "procrastinate_workers_id_seq",
)

#: Functions that are the control role's because their name begins so.
CONTROL_FUNCTION_PREFIX = "procrastinate_"
