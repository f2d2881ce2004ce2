"""Every requirement by its number: what was asked for, as a sentence, and the files that answer it. The one source of the pages."""

# S89 to S120 are columns, and stand in data_model/. Nothing was ever asked under S136 to S139 and S146.

from __future__ import annotations

#: Numbers that work. Each needs a test that says it proves it.
DONE = frozenset(
    (
        "S3 S6 S7 S8 S9 S10 S11 S12 S13 S14 S15 S16 S17 S18 S19 S20 S21 S22 S24 S25 S26 S27 S28 S29 S30 S31 S32 S33 S34 S35 S36 S49 S52 "
        "S54 S56 S58 S59 S60 S61 S62 S63 S64 S65 S66 S67 S68 S69 S70 S71 S72 S73 S78 S79 S81 S84 S85 S86 S88 S122 S124 S125 S128 S129 S130 "
        "S131 S132 S133 S134 S135 S140 C2 C5 N2 N3 N14 N15 "
        "S89 S90 S91 S92 S93 S94 S95 S96 S97 S98 S99 S100 S101 S102 S103 S104 S105 S106 S107 S108 S109 S110 S111 S112 S113 S114 "
        "S115 S116 S117 S118 S119 S120 S5 S41 S48 N5 N6 N7 N11"
    ).split()
)

TABLE = """
# Aims
S1 | Many organizations share one platform: it scales, and they are kept apart. | tenants/scope.py tenants/backend/base.py
S2 | Authentication, tenancy and observability are one foundation. | workix/web/request.py
S3 | A new feature app follows one documented recipe, and gets isolation, audit, quotas, OpenAPI and tests by it. | workix/core/apps.py quotas/counted.py docs/new-app.md
S4 | Security, data protection (GDPR) and audit are complied with. |
S5 | AI agents have a foundation, and what they did can be explained. | agents/authentication.py gateway/mcp/server.py audit/runs/story.py

# Tenant admin onboarding
S6 | An organization is created through the API. | accounts/api/organizations.py accounts/signup.py
S7 | Each organization gets a schema of its own, and a role. | tenants/schema/template.py tenants/provisioning.py
S8 | It begins with quotas: 5 users, 10 pipelines, 1,000 executions a month. | tenants/plans.py quotas/limits.py
S9 | The audit trail records the opening with plan, quotas, creator, address and user agent. | tenants/provisioning.py audit/recording.py
S10 | An e-mail confirms the address: a link that works once and expires, sent again within a limit, nothing usable before. | accounts/email_confirmation.py accounts/tokens/email_tokens.py

# Users
S11 | Who logs in gets JSON Web Tokens. | accounts/tokens/access_tokens.py
S12 | The token says which organization, and the API keeps to it. | tenants/resolution.py accounts/authentication/bearer.py
S13 | Admin, user and viewer: roles decide on every endpoint and method. | workix/core/permissions.py
S14 | A log-out ends access and refresh token at once. | accounts/login/sessions.py
S15 | A password meets requirements. | accounts/passwords/rules.py
S16 | Failed log-ins are recorded and rate limited: 429 with Retry-After. | accounts/login/login.py accounts/login/lockout.py

# API for front-end developers
S17 | The project runs. | devserver/management/commands/run.py
S18 | The OpenAPI document is generated, complete and strict. | workix/api/openapi/schema.py
S19 | Health can be asked. | workix/observability/health.py
S20 | Errors have one shape: 400, 401, 403, 404, 405, 409, 415, 429, 500 and 503. | workix/api/problems.py
S21 | A TypeScript client generated from the document compiles under --strict. | clients/typescript/src/client.ts tools/openapi_clients/typescript.py
S22 | A request writes one log line. | workix/web/request.py

# Database
S23 | PostgreSQL runs in Docker, and embedded without it. | devserver/postgres/server.py docker-compose.yml
S24 | Migrations reach public and every organization. | tenants/schema/rollout.py
S25 | The tables users, organizations, audit_logs and quotas have the columns that were asked for. | accounts/models/user.py tenants/models.py audit/models.py quotas/models.py
S26 | Migrations are in git, and do not drift from the models. | tenants/management/commands/makemigrations.py
S27 | Migrations go forward and back, verified on filled tables. | tenants/schema/rollout.py

# Observability
S28 | Logs are JSON. | workix/observability/logging.py
S29 | Prometheus scrapes metrics. | workix/observability/metrics.py workix/observability/exporter.py deploy/prometheus/prometheus.yml
S30 | Health and status say what works. | workix/observability/health.py
S31 | Errors reach a tracker by the Sentry protocol. | workix/observability/error_reporting.py
S32 | Grafana has dashboards. | deploy/grafana/dashboards/overview.json
S33 | Alert rules watch the burn rates of 99.9 %. | deploy/prometheus/rules.yml deploy/alertmanager/alertmanager.yml docs/runbooks/README.md

# Isolation
S34 | No query runs without an organization. | tenants/backend/base.py
S35 | The database's own constraints enforce it. | tenants/isolation/schema_objects.py
S36 | It holds against SQL injection. | tenants/backend/cursors.py tenants/isolation/privileges.py
S37 | The audit trail verifies access: reads of sensitive things, refusals, and the database's own (42501). |
S38 | Tests prove the isolation. | tenants/isolation/privileges.py

# Components
S39 | Tenant admins have a dashboard, by Django's admin. |
S40 | The client application: the browsable API, and pages to sign up, confirm and reset. |
S41 | REST, and gRPC between services with token and key checks and quotas. | gateway/grpc/server.py
S42 | The gateway authenticates. | accounts/authentication/bearer.py
S43 | The gateway routes, by versions. | workix/urls.py
S44 | The gateway limits rates. | quotas/rate_limits.py quotas/throttling/requests.py
S45 | The gateway is observable. | workix/web/request.py
S46 | Logic is in capability modules. | accounts/members.py
S47 | Configuration is typed and validated. | workix/config/environment.py
S48 | Agents have a sandbox. | agents/modes.py agents/dry_run.py
S49 | PostgreSQL keeps the audit trail. | audit/registry.py audit/sql/audit_row_change.sql

# Infrastructure
S50 | Docker Compose starts the platform. | docker-compose.yml
S51 | Kubernetes runs it. |
S52 | PostgreSQL may be 15, 16, 17 or 18. | tenants/isolation/server_capabilities.py
S53 | Redis is optional. |
S54 | A message queue does jobs, in PostgreSQL (procrastinate). | tenants/jobs/tenant_task.py
S55 | Secrets come from files (Docker, Kubernetes, Vault's agent), and rotate. | workix/config/sources.py
S56 | Prometheus and Grafana come as one stack. | docker-compose.yml deploy/prometheus/prometheus.yml deploy/grafana/provisioning
S57 | GitHub Actions is the pipeline. | .github/workflows/ci.yml .github/workflows/release.yml .github/workflows/audit.yml

# The design asked for
S58 | .specify/ has a constitution. | .specify/memory/constitution.md
S59 | .specify/ has a specification. | .specify/specs/001-platform-foundation/spec.md
S60 | .specify/ has a plan. | .specify/specs/001-platform-foundation/plan.md
S61 | .specify/ has tasks. | .specify/specs/001-platform-foundation/tasks.md
S62 | .specify/ has contracts. | .specify/specs/001-platform-foundation/contracts/openapi.yaml
S63 | workix is the project's package. | workix
S64 | tenants is an app. | tenants
S65 | accounts is an app. | accounts
S66 | audit is an app. | audit
S67 | quotas is an app. | quotas
S68 | templates are in one folder. | templates
S69 | tests are in one folder. | tests
S70 | manage.py, docker-compose.yml, Dockerfile, requirements.txt and setup.cfg are at the top. | manage.py docker-compose.yml Dockerfile requirements.txt setup.cfg
C1 | The eleven packages the platform is to stand on are at work, each line of the architecture's table tested. | requirements.in
C2 | The top level is laid out as S63 to S70 say. | workix tenants accounts audit quotas templates tests manage.py docker-compose.yml Dockerfile requirements.txt setup.cfg
C3 | Operators have commands: migrations forward and back, create_tenant as the API does it, and those of django-tenants. | tenants/management/commands/migrate.py accounts/management/commands/create_organization.py
C4 | Django's admin is the dashboard, every viewset works in the browsable API, auditlog's signals come at every ORM mutation. | workix/admin/model_admin.py workix/api/browsable.py
C5 | .specify/ holds constitution, specification, plan, tasks, contracts, and the scripts that generate what can be generated. | .specify/scripts/write_specification.py

# Security
S71 | Access tokens live 15 minutes. | accounts/tokens/access_tokens.py
S72 | Refresh tokens rotate, and reuse is detected. | accounts/login/sessions.py
S73 | Cookies are secure. | accounts/api/cookies.py
S74 | Machines have API keys. | accounts/api_keys/keys.py
S75 | A middleware enters the organization. | tenants/middleware.py
S76 | A schema each, and row level security on what is shared. | tenants/isolation/policies.py
S77 | Queries can't leave the organization. | tenants/backend/base.py
S78 | Every audit entry has organization and user. | audit/models.py
S79 | Secrets are never logged or shown. | workix/observability/logs/redaction.py workix/config/secrets.py
S80 | .env is ignored by git. | .gitignore
S81 | Passwords are hashed by scrypt, bcrypt or argon2. | workix/settings.py
S82 | Users and organizations have rate limits. | quotas/throttling/requests.py
S83 | HTTPS is enforced in production. | workix/config/production.py workix/settings.py

# Compliance
S84 | All mutations are recorded, bulk and raw SQL too. | audit/sql/audit_row_change.sql
S85 | Each is traced to a user. | audit/context.py
S86 | A person's data is exported and erased (GDPR). | privacy/exports/exporting.py privacy/erasures/erasing.py
S87 | Each organization has a retention. |
S88 | Compliance has reports. | privacy/compliance/reporting.py privacy/compliance/evidence_pack.py

# Data model

# Tests
S121 | Logic is tested. | tests/unit
S122 | Validation is tested. | tests/unit
S123 | Functions are tested. | tests/unit
S124 | Queries are tested. | tests/integration
S125 | Every endpoint is tested. | tests/integration
S126 | Isolation is tested. | tests/security
S127 | Migrations are tested. | tests/house/apps/test_migrations.py
S128 | Authentication is tested. | tests/integration
S129 | Whole journeys are tested. | tests/e2e
S130 | Chains of API calls are tested. | tests/e2e
S131 | Several users at once are tested. | tests/integration
S132 | SQL injection is tested. | tests/security
S133 | Calls across organizations are tested. | tests/security
S134 | Calls without authentication are tested. | tests/integration
S135 | Tokens that are not valid are tested. | tests/unit

# Checklist
S140 | The API's documentation is complete. | workix/api/openapi/schema.py
S141 | The observability stack is operational. |
S142 | Compose is complete. |
S143 | There is CI/CD. | .ci/run .github/workflows/ci.yml
S144 | There are security gates. | .bandit tests/house/test_bans.py tools/pipeline/leaked_secrets.py tools/pipeline/licences.py
S145 | Tests cover over 80 % (ours: 95 % of branches). | setup.cfg
S147 | Documentation: quick start, operations, security model, API guide, and a runbook for each alert. | docs

# What none of the others has
N1 | Anyone may run a proof of the isolation. | tenants/isolation_tests
N2 | The audit trail is verifiable, and survives GDPR erasure. | tenants/trail/verification.py tenants/erasure/entries.py
N3 | Every write is recorded, whatever its path. | audit/sql/audit_row_change.sql
N4 | Quotas are exact, with reservations. | quotas/consumption.py quotas/counted.py
N5 | Any mutation has a dry run. | agents/dry_run.py tenants/backend/dry_run.py
N6 | Agents have an owner, reasons, budgets, approval and a kill switch. | agents/agents.py agents/authentication.py agents/limits/enforcement.py agents/stopping/kill_switch.py
N7 | "Why?" has an answer: who did this and why, why was this refused. | agents/explanations/explaining.py audit/reading/explanation.py
N8 | Migrations roll out over thousands of organizations. | tenants/schema/rollout.py
N9 | The trail gives undo, and a view of any point in time. |
N10 | There is an evidence pack. |
N11 | Developers get a sandbox organization in an instant. | agents/sandboxes/opening.py tenants/sandboxes/opening.py
N12 | The database limits noisy neighbours. | tenants/isolation/database_roles.py
N13 | A leaked key is contained. |
N14 | There are tripwires. | tenants/tripwires/touching.py tenants/sql/tripwires.sql
N15 | An erasure has a certificate. | privacy/erasures/certificate.py
"""
