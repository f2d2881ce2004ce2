"""manage.py rehash_email_index: hashes the addresses of the e-mail index under the newest of WORKIX_DIRECTORY_KEYS."""

from __future__ import annotations

from typing import Any

from accounts.email_index import rehash
from tenants.schema.rollout import organizations
from tenants.scope import use_tenant
from workix.core import commands


class Command(commands.Command):
    help = "Hashes the e-mail index under the newest directory key, while everybody works. Run it again, it goes on."

    def handle(self, *args: Any, **options: Any) -> None:
        everybody, addresses = organizations(), 0
        for organization in everybody:
            with use_tenant(organization):
                addresses += rehash()
        self.answer(
            {"organizations": len(everybody), "addresses": addresses},
            f"{addresses} addresses of {len(everybody)} organizations are under the newest key.",
        )
