"""Password change and password reset: by who knows the old one, or through an e-mail token."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.credentials import set_password
from accounts.login import devices, lockout
from accounts.mail_policy import may_be_asked
from accounts.models import Purpose, User
from accounts.passwords import check_new_password, hash_password, history, words_about
from accounts.passwords.single_sign_on_only import require_passwords
from accounts.tasks import encrypt_address, send_password_reset
from accounts.tokens import email_tokens
from accounts.tokens.mailbox_proofs import is_link_proven, is_password_proven
from audit.registry import record_about
from tenants.models import Organization
from workix.core.current import Current


def change(user: User, *, current: str, password: str, session_id: UUID, now: datetime) -> None:
    """Set a new password; this session stays. See Note [What ends with a credential].

    :raises SingleSignOnRequired: when the organization takes no passwords, whatever the current one is.
    :raises LockedOut: after too many wrong guesses at the current one.
    :raises Invalid: when the current one is wrong, or the new one not good enough, or used before.
    """
    require_passwords(user)
    lockout.require_own_password(user, current, field="current_password", now=now)
    check_new_password(password, about=words_about(user))
    history.require_unused(password, history.hashes_of(user))
    hashed = hash_password(password)
    with transaction.atomic():
        set_password(user, hashed, kept_session=session_id, is_proven=is_password_proven(user), now=now)
        record_about(user, "user.password_changed")


def ask_for_reset(address: str, *, organization: str = "", now: datetime) -> None:
    """Mail links to whoever proved this address to be theirs. See Note [The same work for any address].

    `organization` is the slug of the one they mean; on an organization's host it is the host's, elsewhere one needs none.
    """
    here = Current.find_organization()
    slug = here.slug if isinstance(here, Organization) else organization
    if may_be_asked(Purpose.RESET_PASSWORD, address, now=now):
        send_password_reset.enqueue(address=encrypt_address(address), organization=slug)


def reset(*, token: str, password: str, now: datetime) -> str:
    """Use up the link of an e-mail: set the password, end every session. It also ends a lockout: the address is theirs.

    Returns a token that makes the client a known device, or whoever goes on guessing would lock it out again at once.

    :raises TokenInvalid: when we never sent it, or it was used.
    :raises TokenExpired: when its time is over.
    :raises Invalid: when the password is not good enough, or used before; the link stays good.
    :raises SingleSignOnRequired: when the organization takes no passwords.
    """
    with email_tokens.redeem(Purpose.RESET_PASSWORD, token) as link:
        bearer = User.objects.filter(email_tokens__in=email_tokens.usable(link, now=now)).first()
        if bearer is not None:
            require_passwords(bearer)
        check_new_password(password, about=words_about(bearer) if bearer else ())
        used = history.hashes_of(bearer) if bearer else []
    history.require_unused(password, used)
    hashed = hash_password(password)  # it may have to wait, and holds no connection of the organization meanwhile
    with email_tokens.redeem(Purpose.RESET_PASSWORD, token) as link, transaction.atomic():
        user = email_tokens.use(link, now=now)
        set_password(user, hashed, is_proven=is_link_proven(user, link.row.row_id), now=now)
        record_about(user, "user.password_reset")
    lockout.forgive(user)
    return devices.issue(user)
