"""The AppConfig of the webhooks app."""

from workix.core.apps import FoundationAppConfig
from workix.core.permissions import ADMIN, Permission
from workix.core.privileges import Privilege


class WebhooksConfig(FoundationAppConfig):
    name = "webhooks"
    verbose_name = "Webhooks"
    permissions = {
        "webhooks:read": Permission("Read which webhooks there are, and how their deliveries went.", ADMIN, agent=True),
        "webhooks:write": Permission("Add, change, test, replay and remove webhooks.", ADMIN),
    }
    #: Who follows a trail is asked where it grew, and nowhere else: see Note [Who is woken] in webhooks/tasks.py.
    sequencer_privileges = {
        "webhook_endpoints": (Privilege("SELECT", ("id", "is_enabled", "paused_at")),),
    }

    def ready(self) -> None:
        from tenants.signals import trail_sequenced  # noqa: PLC0415  # models come first
        from webhooks.tasks import wake_followers  # noqa: PLC0415

        trail_sequenced.connect(wake_followers)
