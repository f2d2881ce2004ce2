"""The AppConfig of the audit app."""

from workix.core.apps import FoundationAppConfig
from workix.core.permissions import ADMIN, Permission
from workix.core.signals import access_refused


class AuditConfig(FoundationAppConfig):
    name = "audit"
    verbose_name = "Audit trail"
    permissions = {"audit:read": Permission("Read the audit trail.", ADMIN)}

    def ready(self) -> None:
        from audit.receivers import record_refusal  # noqa: PLC0415  # models are there only now

        access_refused.connect(record_refusal)
