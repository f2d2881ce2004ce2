"""Privileges: every GRANT there must be, collected from what the apps declare. docs/declarations.md lists them all."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from workix.core.apps import FoundationAppConfig, declaring_apps, tenant_models
from workix.core.privileges import EVERY_ROW, SELECT, Privilege

#: Tables of `public` -> what every tenant role may do, through the group. Names of models, nothing of anybody.
GROUP_GRANTS: Mapping[str, tuple[Privilege, ...]] = MappingProxyType({"django_content_type": (SELECT,)})

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
def control_grants() -> Mapping[str, tuple[Privilege, ...]]:
    """Map each table of `public` to what the control role may do. Organizations are opened and removed by the owner."""
    ours = (app for app in declaring_apps() if isinstance(app, FoundationAppConfig))
    declared = {table: granted for app in ours for table, granted in app.control_privileges.items()}
    return {**declared, **_CONTROL_OF_LIBRARIES}


#: Sequences of `public` that the job worker counts with, as the control role.
CONTROL_SEQUENCES = (
    "procrastinate_jobs_id_seq",
    "procrastinate_events_id_seq",
    "procrastinate_periodic_defers_id_seq",
    "procrastinate_workers_id_seq",
)

#: Functions of `public` a tenant role may call: each knows its caller by session_user and serves only that one.
GROUP_FUNCTIONS = (
    "my_organization()",
    "my_organization_is_open()",
    "confirm_my_organization()",
    "rename_my_organization(text)",
    "schedule_my_removal()",
    "cancel_my_removal()",
    "my_quotas()",
    "my_past_usage(text)",
    "take_quota(text, integer)",
    "give_back_quota(text, integer)",
    "add_to_email_index(text)",
    "remove_from_email_index(text)",
    "enqueue_job(text, text, jsonb)",
)

#: Functions of `public` the control role may call besides: the worker's, and queueing a job for an organization.
CONTROL_FUNCTIONS = ("enqueue_job_for(uuid, text, text, jsonb)",)
#: Functions that are the control role's because their name begins so.
CONTROL_FUNCTION_PREFIX = "procrastinate_"
