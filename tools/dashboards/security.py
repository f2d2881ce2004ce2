"""Grafana dashboard, security: log-ins, lockouts, refusals, tripwires, the audit trail and the isolation."""

from tools.dashboards.grafana import Dashboard, Panel, Query, Row, by_rate

DASHBOARD = Dashboard(
    "workix-security",
    "Workix: security",
    "Who tries to come in, what was refused, and do isolation and audit trail hold?",
    (
        Row(
            "Who comes in, and who is refused",
            (
                Panel(
                    "Log-ins", "ok, or the code of the refusal.", (by_rate("workix_logins_total", "outcome"),), "ops"
                ),
                Panel(
                    "Refusals", "Problems answered, by their code.", (by_rate("workix_refusals_total", "code"),), "ops"
                ),
                Panel(
                    "Clients whose address is unknown",
                    "A trusted proxy named no address we can read: hidden, or unreadable.",
                    (by_rate("workix_unread_hops_total", "outcome", quiet=True),),
                    "ops",
                ),
            ),
        ),
        Row(
            "Does the audit trail hold",
            (
                Panel(
                    "Writes past the application, an hour",
                    "Statements whose context nobody signed. Each is somebody with a role's password, or an injection.",
                    (Query("max(delta(workix_audit_unverified_contexts[1h]))", "statements"),),
                ),
                Panel(
                    "How long entries wait for a checkpoint",
                    "Oldest entry without one, and oldest checkpoint that has not left.",
                    (
                        Query("max(workix_audit_oldest_unsequenced_seconds)", "to be signed"),
                        Query("max(workix_checkpoint_oldest_unpublished_seconds)", "to be published"),
                    ),
                    "s",
                ),
                Panel(
                    "Decoys touched, an hour",
                    "Nobody has a reason to: somebody looks around.",
                    (Query("max(delta(workix_tripwire_touches[1h]))", "touches"),),
                ),
            ),
        ),
    ),
)
