"""Password expiry: a lifetime that an organization may give its passwords (PasswordExpired, 403); off by default."""

# Note [Lifetimes]
# NIST SP 800-63B-4, section 3.1.1.2: passwords are not to be changed periodically, since people answer with worse ones. Some
# organizations have to all the same. So a lifetime is looked at where a password is used, at a log-in and nowhere else: sessions
# go on until they end, and API keys, which have an expiry of their own, know of none. Who is too late sets a new one through a
# link that we mail them: their old one, which others may have learned, is not asked for. It counts from when the password was
# set, by whomever; for those that were there before this column was, from then.

from __future__ import annotations

from datetime import datetime, timedelta

from workix.core.errors import Denied


class PasswordExpired(Denied):
    code = "password_expired"
    detail = (
        "Your password is older than your organization allows. Reset it (Forgot your password? on the page, or"
        " POST /auth/password-reset/): we mail you a link to a new one."
    )


def is_expired(changed_at: datetime, lifetime_days: int | None, *, now: datetime) -> bool:
    """Say whether a password that was set at `changed_at` may be used no more. See Note [Lifetimes]."""
    return lifetime_days is not None and changed_at + timedelta(days=lifetime_days) <= now
