"""Pages of passkeys (Django admin): one's own, logging in by one, enrolling one at a log-in, and step-up."""

from accounts.admin.passkeys import enrolment, log_in, own_passkeys, reauthentication

__all__ = ["enrolment", "log_in", "own_passkeys", "reauthentication"]
