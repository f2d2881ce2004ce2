"""Mails somebody the list of the organizations they may log in to: the way on for who named none and has several."""

from __future__ import annotations

from datetime import datetime

from accounts.mail_policy import may_be_asked
from accounts.tasks import encrypt_address, send_organizations


def ask_for_organizations(address: str, *, now: datetime) -> None:
    """Mail the list to whoever proved this address to be theirs. See Note [The same work for any address]."""
    if may_be_asked("organizations", address, now=now):
        send_organizations.enqueue(address=encrypt_address(address))
