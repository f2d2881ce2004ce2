"""A customer with curl: opens an organization, follows the link in the mail, logs in."""

from __future__ import annotations

import email
import email.policy
import re
from pathlib import Path
from typing import Any

from tests.cast import PASSWORD, Answer
from tests.servers import Platform, wait_for


class Customer:
    """Somebody who runs the organization `name` and is admin@name.example, unless they say otherwise."""

    def __init__(self, platform: Platform, name: str, address: str = "") -> None:
        self.platform, self.slug, self.access = platform, name, ""
        self.address = address or f"admin@{name}.example"

    def call(self, method: str, path: str, body: Any = None, **more: Any) -> Answer:
        return self.platform.call(method, f"/api/v1/{path}", body, access=self.access, **more)

    def open(self) -> Answer:
        admin = {"email": self.address, "password": PASSWORD, "first_name": "Ada"}
        return self.call("POST", "organizations/", {"name": self.slug.title(), "slug": self.slug, "admin": admin})

    def begin(self, *, but: str = "") -> str:
        """Open, confirm the address and log in; return the link that was used. `but` is one that was, for the same address."""
        assert self.open().status == 201
        link = self.link(but=but)
        assert self.call("POST", "auth/confirm-email/", {"token": link}).status == 204
        assert self.log_in().status == 200
        return link

    def log_in(self) -> Answer:
        answer = self.call(
            "POST", "auth/login/", {"email": self.address, "password": PASSWORD, "organization": self.slug}
        )
        self.access = answer.body.get("access", "")
        return answer

    def link(self, address: str = "", *, but: str = "") -> str:
        """Take the link from the mail that is in a file, or from another one than had the link `but`."""
        folder = Path(self.platform.settings["WORKIX_VAR"]) / "mail"
        return wait_for(lambda: _find_link(folder, address or self.address, but))


def _find_link(folder: Path, address: str, but: str) -> str | None:
    for path in sorted(folder.glob("*.eml")):
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        body = message.get_body(("plain",))
        found = re.search(r"/confirm-email/#(\S+)", body.get_content()) if body and message["To"] == address else None
        if found and found[1] != but:
            return found[1]
    return None
