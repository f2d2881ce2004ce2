"""Where to look: what a newcomer searches for, and the file it is in. Writes docs/where-to-look.md."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from tools.packages import PROJECT

#: What is searched for -> the file or folder it is in, or will be in. Its path or first line contains those words.
WHERE: Mapping[str, str] = MappingProxyType(
    {
        "admin base": "workix/admin/model_admin.py",
        "agent": "agents/agents.py",
        "approval": "agents/proposals/deciding.py",
        "audit entry": "audit/models.py",
        "dry run": "tenants/backend/dry_run.py",
        "error shape": "workix/api/problems.py",
        "feature app": "devserver/management/commands/startapp_tenant.py",
        "grpc": "gateway/grpc/server.py",
        "health": "workix/observability/health.py",
        "idempotency": "workix/api/idempotency.py",
        "invitation": "accounts/invitations/issuing.py",
        "job": "tenants/jobs/tenant_task.py",
        "kubernetes": "tools/kubernetes/kustomization.py",
        "lockout": "accounts/login/lockout.py",
        "log format": "workix/observability/logging.py",
        "mcp": "gateway/mcp/server.py",
        "metrics": "workix/observability/metrics.py",
        "migration of tenants": "tenants/schema/rollout.py",
        "pagination": "workix/api/pagination.py",
        "password rules": "accounts/passwords/rules.py",
        "permission": "workix/core/permissions.py",
        "privilege": "tenants/isolation/privileges.py",
        "quota limit": "quotas/limits.py",
        "settings": "workix/settings.py",
        "throttling": "quotas/rate_limits.py",
        "token": "accounts/tokens/access_tokens.py",
        "trigger": "tenants/isolation/schema_objects.py",
    }
)
#: Not there yet: on its way, in the place it is to have.
TO_COME: tuple[str, ...] = ()

_HEAD = """\
# Where to look

What a newcomer searches for, and the file it is in: its path or its first line contains the word. Every other file is in
[the map](map.md). How one adds an app: [a new app](new-app.md). Written by `make docs`.

| looking for | look in |
|---|---|
"""


def is_there(thing: str) -> bool:
    return (PROJECT / WHERE[thing]).exists()


def page() -> str:
    """Write docs/where-to-look.md: a row a thing."""
    return _HEAD + "".join(f"| {thing} | {_link(thing)} |\n" for thing in WHERE)


def _link(thing: str) -> str:
    path = WHERE[thing]
    return f"[{path}](../{path})" if is_there(thing) else f"`{path}`, to come"
