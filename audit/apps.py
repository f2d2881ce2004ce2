"""The AppConfig of the audit app."""

from django.apps import AppConfig

from workix.core.signals import access_refused


class AuditConfig(AppConfig):
    name = "audit"
    verbose_name = "Audit trail"

    def ready(self) -> None:
        from audit.receivers import record_refusal  # noqa: PLC0415  # models are there only now

        access_refused.connect(record_refusal)
