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
