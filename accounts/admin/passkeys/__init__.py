"""Pages of passkeys (Django admin): one's own, logging in by one, and step-up."""

from accounts.admin.passkeys import log_in, own_passkeys, reauthentication

__all__ = ["log_in", "own_passkeys", "reauthentication"]
