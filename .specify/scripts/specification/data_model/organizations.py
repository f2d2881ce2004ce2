"""The columns of public.organizations: S89 to S99, and ours."""

from __future__ import annotations

from specification.columns import MOMENT, Column, Table, at_least_zero, text

_BY_PLAN = "The plan decides (tenants/plans.py); a default in the database would say it a second time."

_SANDBOX = (
    "sandbox_is_free_and_ends_within_a_day CHECK ((sandbox_expires_at IS NULL) OR ((plan = 'free') AND"
    " (sandbox_expires_at <= (created_at + '1 day'::interval)) AND (slug ~~ 'sandbox-%')))"
)


def _limit(name: str, number: str, asked: str) -> Column:
    return Column(
        name,
        "integer",
        number,
        f"default {asked}",
        django=asked,
        constraints=(at_least_zero("organizations", name),),
        because=_BY_PLAN,
    )


ORGANIZATIONS = Table(
    "organizations",
    "tenants.Organization",
    "tenants/models.py",
    "public",
    (
        Column(
            "id",
            "uuid",
            "S89",
            "UUID, primary key",
            django="uuid7()",
            constraints=("organizations_pkey PRIMARY KEY (id)",),
            because="Version 7, made in Python: in the order of time, and known before the row is there.",
        ),
        Column("name", text(255), "S90", "255 characters"),
        Column(
            "slug",
            text(100),
            "S91",
            "100 characters, unique",
            constraints=("organizations_slug_key UNIQUE (slug)", _SANDBOX),
        ),
        Column(
            "plan",
            text(20),
            "S92",
            "free, pro or enterprise",
            django="'free'",
            constraints=(
                "organization_has_a_known_plan CHECK (plan = ANY (ARRAY['free', 'pro', 'enterprise']))",
                _SANDBOX,
            ),
            because="A CHECK instead of an enum type, from which no value can be taken away again.",
        ),
        _limit("max_users", "S93", "5"),
        _limit("max_pipelines", "S94", "10"),
        _limit("max_executions_per_month", "S95", "1000"),
        Column(
            "is_active",
            "boolean",
            "S96",
            "boolean",
            nullable=True,
            default="GENERATED ALWAYS AS (CASE WHEN ((status = 'active') AND (deleted_at IS NULL)) THEN true ELSE false END)",
            because="Generated, so that it never contradicts status and deleted_at. Its CASE has an ELSE: it is never NULL.",
        ),
        Column("created_at", MOMENT, "S97", "timestamp", django="now, when made", constraints=(_SANDBOX,)),
        Column("updated_at", MOMENT, "S98", "timestamp", django="now, at each save"),
        Column("deleted_at", MOMENT, "S99", "timestamp, NULL until removed", nullable=True),
        Column(
            "status",
            text(20),
            asked="by name",
            django="'pending'",
            constraints=(
                "organization_has_a_known_status CHECK (status = ANY (ARRAY['pending', 'active', 'suspended']))",
            ),
            because="Waiting for its confirmation, or suspended, is more than not active.",
        ),
        Column(
            "schema_name",
            text(63),
            asked="by name",
            constraints=("organizations_schema_name_key UNIQUE (schema_name)",),
            because="Its schema and its role: org_ and the id, so that no customer's name is in the catalogs.",
        ),
        Column(
            "credential_version",
            "integer",
            django="1",
            constraints=(at_least_zero("organizations", "credential_version"),),
            because="The role's password is derived from it; the next version is a rotation.",
        ),
        Column("removal_due_at", MOMENT, nullable=True, because="When a deletion that was asked for is carried out."),
        Column(
            "allowed_origins",
            text(5080),
            default="''",
            constraints=(
                "organization_allows_known_origins CHECK (allowed_origins ~"
                " '^(https?://[][a-z0-9.:-]+( https?://[][a-z0-9.:-]+){0,19})?$')",
            ),
            because="Whose pages may call the API on its host, separated by blanks: read with each look-up of the organization.",
        ),
        Column(
            "allowed_networks",
            text(2200),
            default="''",
            constraints=(
                "organization_allows_known_networks CHECK (allowed_networks ~"
                " '^([0-9a-f.:]+/[0-9]+( [0-9a-f.:]+/[0-9]+){0,49})?$')",
            ),
            because="From where people and keys are let in, separated by blanks; nothing is everywhere.",
        ),
        Column(
            "allows_switching",
            "boolean",
            default="false",
            because="Whether its people may switch to and from other organizations of theirs that allow it, too.",
        ),
        Column(
            "quota_warning_percent",
            "smallint",
            default="80",
            constraints=(
                "organization_is_warned_at_a_percentage CHECK ((quota_warning_percent >= 1) AND (quota_warning_percent <= 100))",
                at_least_zero("organizations", "quota_warning_percent"),
            ),
            because="From how much of a limit on its admins are warned.",
        ),
        Column(
            "sandbox_expires_at",
            MOMENT,
            nullable=True,
            constraints=(_SANDBOX,),
            because="When a sandbox ends; null is no sandbox. Set once.",
        ),
    ),
)
