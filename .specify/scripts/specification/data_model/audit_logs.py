"""The columns of audit_logs in an organization's schema: S111 to S120, and ours."""

from __future__ import annotations

from specification.columns import BELONGS_HERE, MOMENT, OWN_ID, Column, Table, text

_EMPTY = "''"
_NO_CHOICE = "A tenant role may not insert this column, so nobody chooses it."

AUDIT_LOGS = Table(
    "audit_logs",
    "audit.LogEntry",
    "audit/models.py",
    "organization",
    (
        Column(
            "id",
            "uuid",
            "S111",
            "UUID, primary key",
            default="gen_random_uuid()",
            constraints=("audit_logs_pkey PRIMARY KEY (id)",),
            because=f"Made by the database, at random. {_NO_CHOICE}",
        ),
        Column(
            "organization_id",
            "uuid",
            "S112",
            "the organization's id",
            default=OWN_ID,
            constraints=(BELONGS_HERE,),
            because="No foreign key, which would lead from an organization's schema into public; the CHECK allows one id only.",
        ),
        Column(
            "user_id",
            "uuid",
            "S113",
            "the user's id",
            nullable=True,
            because="No foreign key: the entry outlives the person. NULL where no person acted.",
        ),
        Column("action", text(50), "S114", "50 characters"),
        Column("resource_type", text(50), "S115", "50 characters"),
        Column(
            "resource_id",
            text(255),
            "S116",
            "the resource's id",
            default=_EMPTY,
            because="Text and not uuid: not every resource has a UUID, and some acts have no resource.",
        ),
        Column("changes", "jsonb", "S117", "JSONB", default="'{}'::jsonb"),
        Column(
            "ip_address",
            text(45),
            "S118",
            "45 characters",
            default=_EMPTY,
            because="Empty, not NULL, where no request was: one way to say nothing.",
        ),
        Column(
            "user_agent",
            text(500),
            "S119",
            "text",
            default=_EMPTY,
            because="At most 500 characters: the caller chooses what it sends.",
        ),
        Column(
            "created_at",
            MOMENT,
            "S120",
            "timestamp",
            default="clock_timestamp()",
            because=f"The moment of the entry, not of its transaction's begin. {_NO_CHOICE}",
        ),
        Column(
            "actor_type", text(20), asked="by name", because="A person, an operator, the system: not only users act."
        ),
        Column("actor_id", "uuid", asked="by name", nullable=True, because="Who acted, whatever kind of actor it is."),
        Column(
            "actor_label", text(255), asked="by name", default=_EMPTY, because="How the actor was called at that time."
        ),
        Column("reason", text(500), asked="by name", default=_EMPTY, because="Why, where the actor said so."),
        Column(
            "request_id",
            text(100),
            asked="by name",
            default=_EMPTY,
            because="Leads to the log lines of the same request.",
        ),
        Column(
            "run_id",
            text(64),
            default=_EMPTY,
            because="What whoever acted calls the run it was done in: an agent's own id.",
        ),
        Column("step_id", text(64), default=_EMPTY, because="The step of that run."),
        Column(
            "on_behalf_of",
            "uuid",
            nullable=True,
            because="The person for whom an agent acted. No foreign key: the entry outlives the person.",
        ),
        Column(
            "database_role",
            text(63),
            default="SESSION_USER",
            because=f"Which role was logged in. {_NO_CHOICE}",
        ),
        Column(
            "source",
            text(20),
            default="CASE WHEN (pg_trigger_depth() > 0) THEN 'trigger' ELSE 'application' END",
            because=f"Whether the trigger saw the row change or the application said so. {_NO_CHOICE}",
        ),
        Column(
            "resource_label",
            text(255),
            default=_EMPTY,
            because="What the thing was called at that time.",
        ),
        Column(
            "is_verified",
            "boolean",
            nullable=True,
            because="Whether the database verified who acts. NULL in entries from before it did.",
        ),
        Column(
            "salt",
            "uuid",
            nullable=True,
            default="gen_random_uuid()",
            because="So that a digest of the entry tells nothing of what is in it. NULL in entries from before.",
        ),
    ),
)
