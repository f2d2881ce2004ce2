"""Grafana dashboard, overview: is it up, how fast does it answer (SLO, RED), and what runs."""

from tools.dashboards.grafana import RATE, Dashboard, Figure, Panel, Query, Row, by_hour, by_rate, slowest

#: Probes of a load balancer are not what people wait for.
_RESPONSES = 'django_http_responses_total_by_status_view_method_total{view!~"health/.*"}'
_LATENCY = 'django_http_requests_latency_seconds_by_view_method_bucket{view!~"health/.*"}'

DASHBOARD = Dashboard(
    "workix-overview",
    "Workix: overview",
    "Is it up, is it fast, what is asked for, and which version is that?",
    (
        Row(
            "How it is",
            (
                Figure(
                    "Availability, 30 minutes",
                    "Requests that were not answered with a 5xx. The objective is 99.9 %.",
                    (Query("1 - workix:errors:ratio_rate30m"),),
                    "percentunit",
                    steps=(("red", None), ("orange", 0.99), ("green", 0.999)),
                    most=1,
                    decimals=2,
                ),
                Figure(
                    "Error budget burns, 1 hour",
                    "1 is the pace at which the month's budget is just used up; 14.4 wakes somebody.",
                    (Query("workix:errors:ratio_rate1h / 0.001"),),
                    steps=(("green", None), ("orange", 1), ("red", 14.4)),
                    decimals=1,
                ),
                Figure(
                    "Requests a second",
                    "Of people and programs, without probes.",
                    (Query(f"sum(rate({_RESPONSES}[5m]))"),),
                    "reqps",
                    decimals=1,
                ),
                Figure(
                    "Database",
                    "Up while some process reaches it.",
                    (Query("max(workix_database_up)"),),
                    steps=(("red", None), ("green", 1)),
                    words=(("0", "down", "red"), ("1", "up", "green")),
                ),
                Figure(
                    "Alerts that speak",
                    "Each has a runbook: docs/runbooks.",
                    (Query('count(ALERTS{alertstate="firing"}) or vector(0)'),),
                    steps=(("green", None), ("red", 1)),
                ),
                Figure("Version", "What runs here.", (Query("max by (version) (workix_build_info)", "{{version}}"),)),
            ),
        ),
        Row(
            "Requests: rate, errors, duration",
            (
                Panel(
                    "Requests by answer",
                    "HTTP status of what was answered.",
                    (by_rate("django_http_responses_total_by_status_view_method_total", "status"),),
                    "reqps",
                ),
                Panel(
                    "Share of errors",
                    "Answers with a 5xx.",
                    tuple(
                        Query(f"workix:errors:ratio_rate{window}", called)
                        for window, called in (("5m", "5 minutes"), ("1h", "1 hour"), ("6h", "6 hours"))
                    ),
                    "percentunit",
                ),
                Panel(
                    "Latency",
                    "So many of the requests are answered within this time.",
                    tuple(slowest(share, _LATENCY, called=f"{share:.0%}") for share in (0.5, 0.95, 0.99)),
                    "s",
                ),
            ),
        ),
        Row(
            "Which requests",
            (
                Panel(
                    "Most asked for",
                    "The ten routes with most requests.",
                    (
                        Query(
                            f"topk(10, sum by (method, view) (rate({_RESPONSES}[{RATE}])))",
                            "{{method}} {{view}}",
                        ),
                    ),
                    "reqps",
                ),
                Panel(
                    "Errors by view",
                    "Routes that answer with a 5xx.",
                    (
                        by_rate(
                            'django_http_responses_total_by_status_view_method_total{status=~"5.."}',
                            "method",
                            "view",
                            quiet=True,
                        ),
                    ),
                    "reqps",
                ),
                Panel(
                    "Slowest views, 95 %",
                    "The ten routes whose slowest requests take longest.",
                    (
                        Query(
                            f"topk(10, {slowest(0.95, _LATENCY, 'method', 'view').expression})", "{{method}} {{view}}"
                        ),
                    ),
                    "s",
                ),
            ),
        ),
        Row(
            "gRPC",
            (
                Panel(
                    "Calls by code",
                    "Calls of services, by the code they ended with.",
                    (by_rate("workix_grpc_calls_total", "method", "code", quiet=True),),
                    "reqps",
                ),
                Panel(
                    "Slowest methods, 95 %",
                    "So many of the calls are answered within this time.",
                    (slowest(0.95, "workix_grpc_call_seconds_bucket", "method", quiet=True),),
                    "s",
                ),
            ),
        ),
        Row(
            "Agents",
            (
                Panel(
                    "Proposals an hour",
                    "What supervised agents asked approval for, and what became of it.",
                    (by_hour("workix_proposals_total", "outcome"),),
                ),
                Panel(
                    "Agents stopped an hour",
                    "By the kill switch, or because somebody reported their key.",
                    (Query("sum(increase(workix_agents_stopped_total[1h]))", "stopped"),),
                ),
                Panel(
                    "Calls over MCP",
                    "Calls of tools, by the class of the API's answer; `unanswered` where it gave none.",
                    (by_rate("workix_mcp_calls_total", "status", quiet=True),),
                    "reqps",
                ),
            ),
        ),
        Row(
            "Bugs",
            (
                Panel(
                    "Exceptions by type",
                    "Exceptions nobody expected, and what views let through.",
                    (by_rate("django_http_exceptions_total_by_type_total", "type", quiet=True),),
                    "ops",
                ),
                Panel(
                    "Exceptions by view",
                    "The same, by the view they came from.",
                    (by_rate("django_http_exceptions_total_by_view_total", "view", quiet=True),),
                    "ops",
                ),
                Panel(
                    "Body of an answer, 95 %",
                    "How large answers are, without what streams.",
                    (slowest(0.95, "django_http_responses_body_total_bytes_bucket", called="95 %"),),
                    "bytes",
                ),
            ),
        ),
        Row(
            "What runs",
            (
                Panel(
                    "Processes",
                    "Web servers' processes, and job workers. A number that falls is somebody's end.",
                    (Query("sum by (role) (workix_processes)", "{{role}}"),),
                ),
                Panel(
                    "Memory",
                    "Resident memory of these processes.",
                    (Query("sum by (role) (workix_process_memory_bytes)", "{{role}}"),),
                    "bytes",
                ),
                Panel(
                    "Processors in use",
                    "1 is one core that does nothing else.",
                    (by_rate("workix_process_cpu_seconds_total", "role"),),
                ),
            ),
        ),
        Row(
            "What it stands on",
            (
                Panel(
                    "Room left on disks",
                    "Of WORKIX_VAR and of the folder of temporary files, of each process.",
                    (
                        Query(
                            "min by (instance, folder) (workix_disk_free_bytes / workix_disk_size_bytes)",
                            "{{folder}} of {{instance}}",
                        ),
                    ),
                    "percentunit",
                ),
                Panel(
                    "Organizations a roll-out failed",
                    "Their schemas are older than what runs: some of their requests fail.",
                    (Query("max(workix_rollout_failed_organizations)", "organizations"),),
                ),
            ),
        ),
    ),
)
