"""Pages of passkeys (Django admin): one's own, and logging in by one."""

from accounts.admin.passkeys import log_in, own_passkeys

__all__ = ["log_in", "own_passkeys"]
