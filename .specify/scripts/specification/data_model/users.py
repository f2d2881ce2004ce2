"""The columns of users in an organization's schema: S100 to S110, and ours."""

from __future__ import annotations

from specification.columns import BELONGS_HERE, MOMENT, OWN_ID, Column, Table, text

_ONCE = "user_once_per_address UNIQUE (email) WHERE (deleted_at IS NULL)"

USERS = Table(
    "users",
    "accounts.User",
    "accounts/models/user.py",
    "organization",
    (
        Column(
            "id",
            "uuid",
            "S100",
            "UUID, primary key",
            django="uuid7()",
            constraints=("users_pkey PRIMARY KEY (id)",),
            because="Version 7, made in Python: in the order of time, and known before the row is there.",
        ),
        Column(
            "organization_id",
            "uuid",
            "S101",
            "the organization's id",
            default=OWN_ID,
            django="organization_in_scope()",
            constraints=(BELONGS_HERE,),
            because="No foreign key, which would lead from an organization's schema into public; the CHECK allows one id only.",
        ),
        Column(
            "email",
            text(255),
            "S102",
            "255 characters, unique whatever the case",
            constraints=("user_email_is_lower_case CHECK (email = lower(email))", _ONCE),
            because="Unique among those who are there: who was removed may be added again.",
        ),
        Column("password_hash", text(255), "S103", "255 characters"),
        Column("first_name", text(100), "S104", "100 characters", django="''"),
        Column("last_name", text(100), "S105", "100 characters", django="''"),
        Column(
            "role",
            text(10),
            "S106",
            "admin, user or viewer, with a CHECK",
            django="'user'",
            constraints=("user_has_a_known_role CHECK (role = ANY (ARRAY['admin', 'user', 'viewer']))",),
        ),
        Column("is_active", "boolean", "S107", "boolean", django="True"),
        Column("created_at", MOMENT, "S108", "timestamp", django="now, when made"),
        Column("updated_at", MOMENT, "S109", "timestamp", django="now, at each save"),
        Column("deleted_at", MOMENT, "S110", "timestamp, NULL until removed", nullable=True, constraints=(_ONCE,)),
        Column("last_login", MOMENT, nullable=True, because="Django's own: when somebody logged in last."),
        Column("email_confirmed_at", MOMENT, nullable=True, because="Before it nobody logs in (S10)."),
        Column(
            "mailbox_proof",
            text(64),
            default="''",
            because="A MAC over a password that was set through a link we mailed: see decision 0031.",
        ),
        Column(
            "password_changed_at",
            MOMENT,
            default="statement_timestamp()",
            because="An organization may give passwords a lifetime: see decision 0028.",
        ),
    ),
)
