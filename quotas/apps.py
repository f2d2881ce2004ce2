"""The AppConfig of the quotas app."""

from collections.abc import Mapping

from django.core.checks import register

from tenants.plans import LIMITS
from workix.core.apps import FoundationAppConfig
from workix.core.checks import TAG
from workix.core.permissions import ADMIN, EVERYONE, Permission
from workix.core.privileges import DELETE, EVERY_ROW, SELECT, Privilege
from workix.core.resources import MONTHLY, STOCK, Resource
from workix.observability.process_metrics import sampling
from workix.observability.readings import scraping


def _granted(resource: str) -> Mapping[str, int]:
    return {plan.value: getattr(limits, resource) for plan, limits in LIMITS.items()}


#: To skip what is locked one has to lock, and to lock one needs UPDATE of some column: of when a row goes, which it may decide.
_SWEPT = (SELECT, DELETE, Privilege("UPDATE", ("created_at",)))


class QuotasConfig(FoundationAppConfig):
    name = "quotas"
    verbose_name = "Quotas"
    permissions = {
        "quotas:read": Permission("Read what may be used and what was.", EVERYONE, scope=True, agent=True),
        "quotas:consume": Permission(
            "Take or reserve units of a quota, and give back what one took.", ADMIN, scope=True, agent=True
        ),
        "quotas:release_any": Permission("Give back what somebody else took or reserved of a quota.", ADMIN),
    }
    control_privileges = {
        "quotas": (SELECT,),
        "quota_movements": _SWEPT,
        "quota_reservations": (SELECT, DELETE, Privilege("UPDATE", ("ended_at",))),
        "past_usage": _SWEPT,
        "attempts": EVERY_ROW,
        "request_rates": EVERY_ROW,
        "heavy_use": EVERY_ROW,
        "quota_shares": EVERY_ROW,
    }
    #: Always there, whether an app counts them by rows or services say what they use.
    resources = (
        Resource("users", STOCK, _granted("users"), "People"),
        Resource("pipelines", STOCK, _granted("pipelines"), by_services=True),
        Resource("executions", MONTHLY, _granted("executions"), by_services=True),
    )
    tenant_functions = (
        "my_balances()",
        "my_quotas()",
        "my_past_usage(text)",
        "my_usage_since(date)",
        "consume_quota(text, bytea)",
        "consume_and_record(boolean, text, bytea, text, bytea, text, jsonb)",
        "release_quota(text, bytea)",
        "reserve_quota(text, bytea)",
        "settle_reservation(text, bytea)",
        "warn_of_quota(text, bytea)",
    )
    control_functions = (
        "return_expired_reservations(uuid, text)",
        "recount_usage(uuid, text)",
        "limit_in_force(integer, integer, timestamp with time zone, timestamp with time zone)",
        "hard_limit_in_force(integer, integer, integer, integer, timestamp with time zone, timestamp with time zone)",
        "quotas_to_warn_of()",
        "measure_storage(uuid[])",
        "take_from_rate(text, bigint, bigint, bigint, integer, timestamp with time zone)",
    )

    def ready(self) -> None:
        from quotas.checks import check_counted  # noqa: PLC0415  # models are there only now
        from quotas.heavy_use import writing  # noqa: PLC0415
        from quotas.heavy_use.heaviest import read_requests  # noqa: PLC0415
        from quotas.limits import follow_entitlement, grant_defaults, grant_missing  # noqa: PLC0415
        from quotas.usage.largest_shares import read_shares  # noqa: PLC0415
        from tenants import signals  # noqa: PLC0415

        signals.organization_opening.connect(grant_defaults)
        signals.organization_entitled.connect(follow_entitlement)
        signals.roll_out_beginning.connect(grant_missing)
        signals.job_attempted.connect(writing.count_job)
        sampling.connect(writing.write_sampled)
        scraping.connect(read_requests)
        scraping.connect(read_shares)
        register(check_counted, TAG)
