"""Grafana dashboard, database: connections in our pools, statements, and what waits, fails or is repaired."""

from tools.dashboards.grafana import Dashboard, Panel, Query, Row, by_hour, by_rate, slowest

DASHBOARD = Dashboard(
    "workix-database",
    "Workix: database and connections",
    "Does the database keep up, are there connections enough, and what waits or fails?",
    (
        Row(
            "Connections",
            (
                Panel(
                    "Connections in our pools",
                    "Idle ones wait for the same organization's next request. At the limit, requests log in anew, or wait.",
                    (
                        Query("sum by (role, state) (workix_connections)", "{{role}} {{state}}"),
                        Query("sum by (role) (workix_connections_limit)", "{{role}} limit"),
                    ),
                ),
                Panel(
                    "Waits for a connection",
                    "none_free: a request was answered 503.",
                    (by_rate("workix_connection_waits_total", "outcome", quiet=True),),
                    "ops",
                ),
                Panel(
                    "New connections",
                    "Log-ins at the server, which cost it ten times a request.",
                    (
                        by_rate("django_db_new_connections_total", "alias"),
                        by_rate(
                            "django_db_new_connection_errors_total", "alias", quiet=True, called="{{alias}} failed"
                        ),
                    ),
                    "ops",
                ),
            ),
        ),
        Row(
            "Statements, by kind of role",
            (
                Panel(
                    "Statements",
                    "Of requests and jobs.",
                    (by_rate("django_db_query_duration_seconds_count", "alias"),),
                    "ops",
                ),
                Panel(
                    "Time of a statement, 95 %",
                    "From here to the server and back.",
                    (slowest(0.95, "django_db_query_duration_seconds_bucket", "alias"),),
                    "s",
                ),
                Panel(
                    "Statements that failed",
                    "By Django's exception. IntegrityError is two who wanted one thing.",
                    (by_rate("django_db_errors_total", "alias", "type", quiet=True),),
                    "ops",
                ),
            ),
        ),
        Row(
            "Its shape",
            (
                Panel(
                    "Migrations",
                    "Of public; a roll-out says which organizations are behind.",
                    (
                        Query("max(django_migrations_unapplied_total)", "to be applied"),
                        Query("max(django_migrations_applied_total)", "applied"),
                    ),
                ),
                Panel(
                    "Sessions that the watchdog ended, an hour",
                    "Database sessions of organizations, by what they outstayed or took.",
                    (
                        by_hour("workix_sessions_ended_total", "reason", quiet=True),
                        Query(
                            'sum(increase(workix_watchdog_looks_total{outcome="failed"}[1h])) or vector(0)',
                            "looks that failed",
                        ),
                    ),
                ),
                Panel(
                    "Roles repaired an hour",
                    "Database roles that let us in no more. Somebody changed them.",
                    (by_hour("workix_role_repairs_total", "outcome", quiet=True),),
                ),
            ),
        ),
    ),
)
