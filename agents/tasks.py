"""Background jobs of the agents app, which are looked for here."""

from django.utils import timezone

from agents.proposals import bodies, ending
from agents.proposals.notices import send_proposal
from agents.stopping.tasks import end_pending
from tenants.jobs.periodic_tenant_task import periodic_tenant_task

__all__ = ["end_pending", "send_proposal"]  # of other files


@periodic_tenant_task("agents.end_proposals", cron="50 0 * * *")
def end_proposals() -> None:
    """Note, every night at ten to one (UTC), which proposals are over, and write the rest under the newest key."""
    ending.expire(now=timezone.now())
    bodies.renew()
