"""Grafana dashboard, organizations: how many there are, who asks most, and who is near a quota or a rate limit."""

from tools.dashboards.grafana import Dashboard, Panel, Query, Row, by_hour, by_rate

DASHBOARD = Dashboard(
    "workix-organizations",
    "Workix: organizations",
    "Who comes and goes, who asks for most, and whose limits are reached? Whose an id is, the console says.",
    (
        Row(
            "Who comes and goes",
            (
                Panel(
                    "Organizations",
                    "By status and plan, without those that were removed.",
                    (Query("max by (status, plan) (workix_organizations)", "{{status}} {{plan}}"),),
                ),
                Panel(
                    "Sandboxes",
                    "Open ones, and those that are over and not removed yet; and how many were to be opened in an hour.",
                    (
                        Query("max by (state) (workix_sandboxes)", "{{state}}"),
                        by_hour("workix_sandbox_openings_total", "outcome", quiet=True),
                    ),
                ),
                Panel(
                    "Sandboxes that wait to be removed",
                    "How long the oldest that is over waits: a minute at most, while all is well.",
                    (Query("max(workix_sandbox_oldest_over_seconds)", "oldest"),),
                    "s",
                ),
                Panel(
                    "Openings an hour",
                    "Organizations that were opened, or were not because of a refusal.",
                    (by_hour("workix_openings_total", "outcome"),),
                ),
                Panel(
                    "Organizations removed an hour",
                    "Organizations that were due to be removed.",
                    (by_hour("workix_removals_total", "outcome", quiet=True),),
                ),
            ),
        ),
        Row(
            "Who asks for most",
            (
                Panel(
                    "Requests by organization, last hour",
                    "The organizations with most requests, and all others together. Whose an id is, the console says: Heavy use.",
                    (Query("max by (organization) (workix_organization_requests)", "{{organization}}"),),
                ),
            ),
        ),
        Row(
            "Who is near a limit",
            (
                Panel(
                    "Quotas that are used most",
                    "The twenty with the largest share of their limit in use, by the organization's id; 100 % is the limit.",
                    (
                        Query(
                            "max by (organization, resource) (workix_quota_used_ratio)",
                            "{{organization}} {{resource}}",
                            quiet="organization",
                        ),
                    ),
                    "percentunit",
                ),
            ),
        ),
        Row(
            "Limits",
            (
                Panel(
                    "Quota refusals",
                    "What was refused since a quota is spent.",
                    (by_rate("workix_quota_refusals_total", "resource", quiet=True),),
                    "ops",
                ),
                Panel(
                    "Quota warnings and bursts",
                    "Quotas that are nearly or wholly taken, and what was allowed beyond a limit.",
                    (
                        by_rate("workix_quota_warnings_total", "resource", quiet=True, called="{{resource}}, warnings"),
                        by_rate("workix_quota_bursts_total", "resource", quiet=True, called="{{resource}}, bursts"),
                    ),
                    "ops",
                ),
                Panel(
                    "Rate limits that could not be asked",
                    "Requests went through unlimited (open); a log-in, sign-up or mail did not (closed).",
                    (by_rate("workix_rate_limits_down_total", "outcome", quiet=True),),
                    "ops",
                ),
            ),
        ),
    ),
)
