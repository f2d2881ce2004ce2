"""manage.py rehash_email_index: hashes the addresses of the e-mail index under the newest of WORKIX_DIRECTORY_KEYS."""

from __future__ import annotations

from typing import Any

from accounts.email_index import rehash
from tenants.schema.rollout import organizations
from workix.core import commands


class Command(commands.Command):
    help = "Hashes the e-mail index under the newest directory key, while everybody works. Run it again, it goes on."

    def handle(self, *args: Any, **options: Any) -> None:
        moved = {each.slug: rehash(each) for each in organizations()}
        lines = sum(moved.values())
        self.answer(
            {"organizations": len(moved), "lines": lines},
            f"{lines} lines of {len(moved)} organizations were put under the newest key; the others were.",
        )
