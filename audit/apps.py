"""The AppConfig of the audit app."""

from django.core.checks import register

from workix.core.apps import FoundationAppConfig
from workix.core.checks import TAG
from workix.core.permissions import ADMIN, Permission
from workix.core.privileges import SELECT, Privilege
from workix.core.signals import access_refused, entrance_refused, statement_refused

#: The columns of an entry that the writer may fill. Not among them: id, organization_id, database_role, source, salt,
#: created_at. They come from defaults, so nobody back-dates an entry or forges who was logged in. Of those here, the
#: trigger on the trail itself overwrites whatever says who acts: that is the signed context's to say.
ENTRY_COLUMNS = (
    "user_id",
    "actor_type",
    "actor_id",
    "actor_label",
    "action",
    "resource_type",
    "resource_id",
    "resource_label",
    "changes",
    "is_verified",
    "reason",
    "ip_address",
    "user_agent",
    "request_id",
    "run_id",
    "step_id",
    "on_behalf_of",
)
APPEND_ONLY = (SELECT, Privilege("INSERT", ENTRY_COLUMNS))


class AuditConfig(FoundationAppConfig):
    name = "audit"
    verbose_name = "Audit trail"
    permissions = {"audit:read": Permission("Read the audit trail.", ADMIN, scope=True, agent=True)}
    control_privileges = {"audit_logs": APPEND_ONLY}
    #: The Merkle tree is the sequencer's to write: see Note [The sequencer] in tenants/trail/sequencing.py.
    privileges = {
        "audit_logs": APPEND_ONLY,
        "audit_leaves": (SELECT,),
        "audit_subtrees": (SELECT,),
        "audit_checkpoints": (SELECT,),
        "audit_prunings": (SELECT,),
    }
    tenant_functions = (
        "set_context(text, bytea)",
        "context_is_verified()",
        "count_unverified_context()",
        "record_event(text, bytea, text, text, text, text, jsonb)",
    )
    control_functions = (*tenant_functions, "count_of_unverified_contexts()")

    def ready(self) -> None:
        from audit import log_signals, receivers, registry  # noqa: PLC0415  # models are there only now
        from audit.checks import check_audited  # noqa: PLC0415  # models are there only now

        access_refused.connect(receivers.record_refusal)
        entrance_refused.connect(receivers.record_refused_entrance)
        statement_refused.connect(receivers.record_refused_statement)
        log_signals.connect(registry.AUDITED)
        register(check_audited, TAG)
