"""manage.py rotate_role_passwords: puts the password of each database role under the newest of WORKIX_ROLE_SECRETS."""

from __future__ import annotations

from typing import Any

from tenants.isolation.database_roles import login_roles, tenant_role
from tenants.isolation.server_roles.password_rotation import rotate
from tenants.schema.rollout import organizations
from workix.core import commands


class Command(commands.Command):
    help = "Puts the password of each database role under the newest secret, while everybody works. Run it again, it goes on."

    def handle(self, *args: Any, **options: Any) -> None:
        roles = [*login_roles(), *map(tenant_role, organizations())]
        rotated = rotate(roles)
        self.answer(
            {"roles": len(roles), "rotated": rotated},
            f"{len(rotated)} of {len(roles)} roles were put under the newest secret; the others were.",
        )
