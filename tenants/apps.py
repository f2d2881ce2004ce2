"""The AppConfig of the tenants app."""

from django.core.checks import register
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, reset_queries

import tenants.backend.contexts  # noqa: F401  # first: an app's models may import django-tenants' own
from workix.core.apps import FoundationAppConfig
from workix.core.checks import TAG
from workix.core.permissions import ADMIN, EVERYONE, OPERATORS, Permission
from workix.core.privileges import SELECT
from workix.core.signals import fault_met
from workix.observability.process_metrics import sampling
from workix.observability.readings import scraping


class TenantsConfig(FoundationAppConfig):
    name = "tenants"
    verbose_name = "Organizations"
    permissions = {
        "organization:read": Permission(
            "Read the own organization: name, plan, status, limits.", EVERYONE, scope=True, agent=True
        ),
        "organization:write": Permission(
            "Rename the own organization, schedule or cancel its removal.", ADMIN, agent=True
        ),
        "policies:read": Permission("Read the policies of the own organization.", ADMIN, agent=True),
        "policies:write": Permission(
            "Change them: what passwords have to be like, from where the organization is reached, whether people may switch.",
            ADMIN,
        ),
        "organizations:open": Permission("Open organizations where sign-up is closed.", OPERATORS),
        "organizations:manage": Permission(
            "Suspend, restore and remove organizations, change their plans, look inside with a reason.", OPERATORS
        ),
        "jobs:retry": Permission("Have failed jobs tried again.", OPERATORS),
    }
    control_privileges = {
        "organizations": (SELECT,),
        "domains": (SELECT,),
        "email_index": (SELECT,),
        "audit_arrivals": (SELECT,),
        "checkpoint_publications": (SELECT,),
        "isolation_proofs": (SELECT,),
        "failed_roll_outs": (SELECT,),
    }

    tenant_functions = (
        "my_organization()",
        "my_removal_due_at()",
        "my_allowed_origins()",
        "allow_my_origins(text)",
        "my_allowed_networks()",
        "allow_my_networks(text)",
        "my_organization_allows_switching()",
        "allow_my_switching(boolean)",
        "my_quota_warning_percent()",
        "warn_my_organization_from(integer)",
        "my_organization_is_open()",
        "confirm_my_organization()",
        "rename_my_organization(text)",
        "schedule_my_removal()",
        "cancel_my_removal()",
        "enqueue_job(text, text, jsonb)",
        "drop_agent_jobs(text, bytea)",
        "touch_tripwire(text)",
    )
    control_functions = (
        "enqueue_job_for(uuid, text, text, jsonb)",
        "organizations_with_a_due_job()",
        "next_organization_with_a_job(text, text[])",
        "fetch_job_of(text, text[], bigint)",
        "fetch_next_job(text[], bigint, text)",
        "touch_tripwire(text)",
        "count_of_tripwire_touches()",
    )

    def ready(self) -> None:
        """Leave connections to our pool: a scope gives its own back, so between requests none is left to look at."""
        request_started.disconnect(close_old_connections)
        request_started.disconnect(reset_queries)
        request_finished.disconnect(close_old_connections)
        import tenants.isolation_tests.nightly  # noqa: PLC0415  # registers the proof of isolation; models come first
        import tenants.jobs.periodic  # noqa: PLC0415  # registers what is due by the clock
        import tenants.trail.periodic  # noqa: F401, PLC0415  # so do checkpoints
        from tenants import metrics  # noqa: PLC0415
        from tenants.isolation_tests.readings import read_evidence  # noqa: PLC0415
        from tenants.jobs.checks import check_periodic_jobs  # noqa: PLC0415
        from tenants.jobs.known_jobs import declare_jobs  # noqa: PLC0415
        from tenants.resolution import ended_meanwhile  # noqa: PLC0415
        from tenants.signals import roll_out_beginning  # noqa: PLC0415

        fault_met.connect(ended_meanwhile)
        sampling.connect(metrics.sample_pool)
        scraping.connect(metrics.read_platform)
        scraping.connect(metrics.read_organizations)
        scraping.connect(read_evidence)
        roll_out_beginning.connect(declare_jobs)
        register(check_periodic_jobs, TAG)
