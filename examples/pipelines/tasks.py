"""Background jobs of pipelines: an e-mail about a removal, and each night the end of what was removed long ago."""

from __future__ import annotations

from django.utils import timezone

from examples.pipelines import emails, retention
from examples.pipelines.models import Pipeline
from tenants.jobs.periodic_tenant_task import periodic_tenant_task
from tenants.jobs.tenant_task import tenant_task


@tenant_task("pipelines.tell_admins_of_removal", queue="mails")
def tell_admins_of_removal(pipeline_id: str) -> None:
    """Send the e-mail, unless the pipeline was restored meanwhile."""
    pipeline = Pipeline.with_removed.filter(id=pipeline_id, deleted_at__isnull=False).first()
    if pipeline is not None:
        emails.send_removal(pipeline)


@periodic_tenant_task("pipelines.delete_removed", cron="30 3 * * *")
def delete_removed() -> None:
    """Delete what was removed long ago, in each organization, every night at half past three (UTC)."""
    retention.delete_removed(now=timezone.now())
