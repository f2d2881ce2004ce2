"""Every number that was asked for, in a few words, with the files that answer it."""

from __future__ import annotations

from types import MappingProxyType

#: Numbers that work. Each needs a test that says it proves it.
DONE = frozenset(
    (
        "S6 S7 S8 S9 S10 S11 S12 S13 S14 S15 S16 S17 S18 S19 S20 S22 S24 S26 S27 S28 S29 S30 S31 S32 S33 S34 S35 S36 S49 S52 S56 "
        "S54 S71 S72 S73 S78 S79 S81 S84 S85 S122 S124 S125 S128 S129 S130 S131 S132 S133 S134 S135 S140 N3 "
    ).split()
)

_S = """
1 | Many organizations on one platform, scalable and secure | tenants/scope.py tenants/backend/base.py
2 | Authentication, tenancy and observability as one foundation | workix/web/request.py
3 | A new feature app follows one recipe, and gets isolation, audit, quotas and documentation |
4 | Security, data protection and audit |
5 | A foundation for AI agents, and for explaining what they did |
6 | An organization is opened through the API | accounts/api/organizations.py accounts/signup.py
7 | Each has a schema and a role of its own | tenants/schema/template.py tenants/provisioning.py
8 | 5 users, 10 pipelines, 1,000 executions a month to begin with | tenants/plans.py quotas/limits.py
9 | The trail records the opening: plan, quotas, who, from where | tenants/provisioning.py audit/recording.py
10 | Addresses are confirmed by a link that works once | accounts/email_confirmation.py accounts/tokens/email_tokens.py
11 | Access by JSON web tokens | accounts/tokens/access_tokens.py
12 | The token says which organization | tenants/resolution.py accounts/authentication/bearer.py
13 | Admin, user, viewer: on every endpoint and method | workix/core/permissions.py
14 | Logging out ends both tokens at once | accounts/login/sessions.py
15 | What a password must be | accounts/passwords.py
16 | Failed log-ins are recorded and limited | accounts/login/login.py accounts/login/lockout.py
17 | The project runs | devserver/management/commands/run.py
18 | The API document is generated, complete and strict | workix/api/openapi/schema.py
19 | Health | workix/observability/health.py
20 | One shape for every error | workix/api/problems.py
21 | A typed client made from the document compiles |
22 | One log line a request | workix/web/request.py
23 | PostgreSQL, in a container or embedded | devserver/postgres/server.py docker-compose.yml
24 | Migrations for public and for every organization | tenants/schema/rollout.py
25 | users, organizations, audit_logs and quotas, with their columns | accounts/models/user.py tenants/models.py
26 | Migrations are in git and lack nothing | tenants/management/commands/makemigrations.py
27 | Migrations go back and forth on filled tables | tenants/schema/rollout.py
28 | JSON logs | workix/observability/logging.py
29 | Prometheus | workix/observability/metrics.py workix/observability/exporter.py deploy/prometheus/prometheus.yml
30 | Health and status | workix/observability/health.py
31 | Error tracking | workix/observability/error_reporting.py
32 | Grafana dashboards | deploy/grafana/dashboards/workix.json
33 | Alert rules | deploy/prometheus/rules.yml docs/runbooks.md
34 | No query without an organization | tenants/backend/base.py
35 | The database's own constraints keep organizations apart | tenants/isolation/schema_objects.py
36 | Impossible even with SQL injection | tenants/backend/cursors.py tenants/isolation/privileges.py
37 | The trail shows reads of sensitive things, and refusals |
38 | Tests prove the isolation | tenants/isolation/privileges.py
39 | A dashboard for an organization's admins |
40 | Browsable API; pages to sign up, confirm and reset |
41 | REST now, gRPC between services later |
42 | The gateway: authentication | accounts/authentication/bearer.py
43 | The gateway: routing and versions | workix/urls.py
44 | The gateway: rate limits | quotas/rate_limits.py
45 | The gateway: observability | workix/web/request.py
46 | Logic is in capability modules | accounts/members.py
47 | Configuration is typed and checked | workix/config/environment.py
48 | A sandbox for agents |
49 | PostgreSQL with an audit trail | audit/triggers.py audit/sql/audit_row_change.sql
50 | Docker Compose | docker-compose.yml
51 | Kubernetes |
52 | PostgreSQL 15 to 18 | tenants/isolation/server_capabilities.py
53 | Redis, for who wants it |
54 | A queue of jobs | tenants/jobs/tenant_task.py
55 | Secrets from files, and their rotation | workix/config/sources.py
56 | Prometheus and Grafana as one stack | docker-compose.yml deploy/prometheus/prometheus.yml deploy/grafana/provisioning
57 | GitHub Actions | .github/workflows/ci.yml
71 | Access tokens live 15 minutes | accounts/tokens/access_tokens.py
72 | Refresh tokens rotate, and reuse is noticed | accounts/login/sessions.py
73 | Secure cookies | accounts/api/cookies.py
74 | API keys |
75 | A middleware that enters the organization | tenants/middleware.py
76 | A schema each, and row security on what is shared | tenants/isolation/policies.py
77 | Queries can't leave the organization | tenants/backend/base.py
78 | Every entry of the trail has organization and user | audit/models.py
79 | Secrets are never logged or shown | workix/observability/logging.py workix/config/secrets.py
80 | .env is ignored by git | .gitignore
81 | Passwords are hashed by argon2, scrypt or bcrypt | workix/settings.py
82 | Rate limits for people and organizations | quotas/rate_limits.py
83 | HTTPS in production | workix/config/environment.py workix/settings.py
84 | Every change is recorded, bulk and raw SQL too | audit/triggers.py
85 | And led back to a person | audit/context.py
86 | Export and erasure of a person's data |
87 | Retention, by organization |
88 | Compliance reports |
121 | Tests of the logic | tests/unit
122 | Tests of validation | tests/unit
123 | Tests of functions | tests/unit
124 | Tests of queries | tests/integration
125 | Tests of every endpoint | tests/integration
126 | Tests of the isolation | tests/security
127 | Tests of migrations | tests/house/test_migrations.py
128 | Tests of authentication | tests/integration
129 | Tests of whole journeys | tests/e2e
130 | Tests of chains of calls | tests/e2e
131 | Tests of several people at once | tests/integration
132 | Tests of SQL injection | tests/security
133 | Tests across organizations | tests/security
134 | Tests without credentials | tests/integration
135 | Tests with tokens that are not valid | tests/unit
140 | The API document is complete | workix/api/openapi/schema.py
141 | Observability works as a whole |
142 | Compose is complete |
143 | A pipeline | .ci/run .github/workflows/ci.yml
144 | Security gates | .bandit tests/house/test_bans.py
145 | Over 80 % of the code is tested (ours: 95 % of branches) | setup.cfg
147 | Documentation: quick start, operations, security, API, a runbook for each alert | docs
"""
_COLUMNS = range(89, 121)
_N = """
1 | A proof of the isolation that anybody may run | tenants/isolation_tests
2 | A sealed trail that survives erasure |
3 | Every write is recorded, whatever its path | audit/sql/audit_row_change.sql
4 | Exact quotas, with reservations | quotas/consumption.py
5 | A dry run of any change |
6 | Agents with an owner, reasons, budgets, approval and a switch |
7 | Why? Who did this, and why was this refused |
8 | A rollout of migrations over thousands of organizations | tenants/schema/rollout.py
9 | Undo, and a view of any moment, from the trail |
10 | A pack of evidence |
11 | An organization to try things in, at once |
12 | Limits on noisy neighbours, in the database | tenants/isolation/database_roles.py
13 | Leaked keys are contained |
14 | Tripwires |
15 | A certificate of erasure |
"""


def _rows(prefix: str, text: str) -> dict[str, tuple[str, str]]:
    parts = (line.split("|") for line in text.strip().splitlines())
    return {prefix + number.strip(): (asked.strip(), code.strip()) for number, asked, code in parts}


def _columns() -> dict[str, tuple[str, str]]:
    models = "accounts/models/user.py audit/models.py quotas/models.py tenants/models.py"
    return {f"S{number}": ("Data model, column by column", models) for number in _COLUMNS}


def _order(row: tuple[str, tuple[str, str]]) -> tuple[bool, int]:
    return row[0].startswith("N"), int(row[0][1:])


#: Number -> what was asked for, and where it is.
ROWS = MappingProxyType(dict(sorted((_rows("S", _S) | _columns() | _rows("N", _N)).items(), key=_order)))
