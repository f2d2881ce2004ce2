"""Grafana dashboard, jobs: the queue, attempts at jobs, mail and webhooks."""

from tools.dashboards.grafana import Dashboard, Panel, Query, Row, by_hour, by_rate, slowest

DASHBOARD = Dashboard(
    "workix-jobs",
    "Workix: jobs and mail",
    "Is the work done that nobody waits for: jobs, mail, webhooks, checkpoints?",
    (
        Row(
            "The queue",
            (
                Panel(
                    "Jobs in the queue",
                    "todo waits for its time or a worker; doing is at work; stalled is of a worker that is silent.",
                    (
                        Query(
                            'max by (queue, status) (workix_queue_jobs{status=~"todo|doing|stalled"})',
                            "{{queue}} {{status}}",
                        ),
                    ),
                ),
                Panel(
                    "Oldest due job",
                    "How long it has been waiting. Five minutes are an alert.",
                    (Query("max by (queue) (workix_queue_oldest_seconds)", "{{queue}}"),),
                    "s",
                ),
                Panel(
                    "Jobs given up",
                    "Failed after all their attempts: manage.py list_jobs, retry_job.",
                    (Query('max by (queue) (workix_queue_jobs{status="failed"})', "{{queue}}"),),
                ),
            ),
        ),
        Row(
            "How jobs end",
            (
                Panel(
                    "Attempts",
                    "ok, the code of a refusal, or failed.",
                    (by_rate("workix_jobs_total", "task", "outcome"),),
                    "ops",
                ),
                Panel(
                    "Time of an attempt, 95 %",
                    "By task.",
                    (slowest(0.95, "workix_job_seconds_bucket", "task"),),
                    "s",
                ),
                Panel(
                    "Jobs of dead workers an hour",
                    "Jobs whose worker died, taken up again.",
                    (by_hour("workix_stalled_jobs_total", "outcome", quiet=True),),
                ),
            ),
        ),
        Row(
            "What leaves",
            (
                Panel(
                    "Mails an hour, by whose fault",
                    "Attempts at a mail: ok, or whose fault it was that none went.",
                    (by_hour("workix_mails_total", "outcome"),),
                ),
                Panel(
                    "Deliveries to webhooks an hour",
                    "Attempts at a delivery to a webhook: ok, failed, or paused by it.",
                    (by_hour("workix_webhook_deliveries_total", "outcome", quiet=True),),
                ),
                Panel(
                    "Checkpoints published an hour",
                    "Attempts to send a checkpoint to the operator's webhook, where one is set.",
                    (by_hour("workix_checkpoint_publications_total", "outcome", quiet=True),),
                ),
            ),
        ),
    ),
)
