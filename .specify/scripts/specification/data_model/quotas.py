"""The columns of public.quotas, which S25 asks for."""

from __future__ import annotations

from specification.columns import MOMENT, Column, Table, at_least_zero, text

_ONCE = "quota_once_per_resource UNIQUE (organization_id, resource)"


def _counter(name: str, because: str, *, default: str = "") -> Column:
    return Column(
        name,
        "integer",
        asked="by name",
        default=default,
        django="" if default else "0",
        constraints=(at_least_zero("quotas", name),),
        because=because,
    )


QUOTAS = Table(
    "quotas",
    "quotas.Quota",
    "quotas/models.py",
    "public",
    (
        Column(
            "organization_id",
            "uuid",
            asked="the organization's id",
            constraints=(_ONCE,),
            because="The table is in public, beyond the reach of tenant roles: they move the counters through functions only.",
        ),
        Column(
            "resource",
            text(50),
            asked="by name",
            constraints=(_ONCE,),
            because="users, pipelines, executions; an app may name more.",
        ),
        Column(
            "limit",
            "integer",
            asked="by name",
            constraints=('quotas_limit_check CHECK ("limit" >= 0)',),
            because="The plan's limit.",
        ),
        Column(
            "override",
            "integer",
            nullable=True,
            constraints=(at_least_zero("quotas", "override"),),
            because="A limit of its own, which counts instead of the plan's until `override_until`.",
        ),
        Column(
            "override_until", MOMENT, nullable=True, because="From then on the plan's limit counts again; NULL: never."
        ),
        _counter("burst", "Units beyond the limit that the plan allows.", default="0"),
        _counter("override_burst", "What counts instead of them while `override` does.", default="0"),
        _counter("used", "What was taken in this period."),
        _counter("reserved", "What is held for a while, and counts as taken."),
        Column("period", text(10), asked="by name", because="Starts anew each month, or counts what is there."),
        Column("period_starts_on", "date", because="The first day that the counter counts for."),
        Column(
            "warned_percent",
            "smallint",
            nullable=True,
            constraints=(at_least_zero("quotas", "warned_percent"),),
            because="Of how much its admins were told last.",
        ),
        Column("warned_on", "date", nullable=True, because="The first day of the month in which they were."),
        Column(
            "exceeded_on", "date", nullable=True, because="The first day of the month in which a burst was last used."
        ),
        Column("id", "uuid", django="uuid7()", constraints=("quotas_pkey PRIMARY KEY (id)",), because="The row's key."),
        Column("created_at", MOMENT, django="now, when made", because="As every row has it."),
        Column("updated_at", MOMENT, django="now, at each save", because="As every row has it."),
    ),
)
