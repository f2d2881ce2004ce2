"""One-time codes of sign-on: a front-end exchanges one for tokens, with the PKCE verifier (RFC 7636) that only it knows."""

# Bulk write: one conditional UPDATE decides who of two exchanges a code.

# Note [A code instead of tokens]
# What is in an address stays in histories, logs and referrers. So a browser brings no tokens back to a front-end but a code: good
# for a minute, once, and only together with the verifier whose challenge the front-end sent along when it began. Whoever reads
# the code in an address has not got the verifier; whoever has a victim's front-end take a code of their own finds that the
# front-end's verifier does not fit. A wrong verifier changes nothing, and guesses nothing of 256 bits.

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.http import HttpRequest

from accounts.login import auth_signals, sessions
from accounts.login.sessions import LoggedIn
from accounts.models import SignOn, SignOnPurpose, User
from accounts.realms import require_open
from accounts.single_sign_on.attempts import Attempt, challenge_of
from accounts.tokens import signed_tokens
from accounts.tokens.signed_tokens import Subject
from tenants.models import Organization
from tenants.policies import require_allowed_network
from tenants.resolution import find_by_id
from tenants.scope import use_tenant
from workix.core.current import Current
from workix.core.errors import Invalid

LIFETIME = timedelta(seconds=60)
CODE = "sign-on code"
#: Of S256: 32 bytes as base64url. Source: RFC 7636, section 4.2.
CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)
VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}", re.ASCII)


class CodeNotValid(Invalid):
    code = "code_not_valid"
    detail = (
        "This code is not good, was used, or is older than a minute; or the verifier is not the one it was asked with."
    )


def issue(attempt: Attempt, user: User, *, now: datetime) -> str:
    """Make the code that brings a session to whoever began this attempt. See Note [A code instead of tokens]."""
    code = signed_tokens.write(CODE, Subject(Current.organization.id, attempt.row.id))
    SignOn.objects.filter(id=attempt.row.id, used_at__isnull=False, code_hash__isnull=True).update(
        user=user, code_hash=signed_tokens.hash_of(CODE, code), code_expires_at=now + LIFETIME
    )
    return code


def redeem(*, code: str, code_verifier: str, cookie: bool = False, request: HttpRequest, now: datetime) -> LoggedIn:
    """Exchange a code for a session.

    :raises CodeNotValid: for whatever is no code that is good now, with this verifier.
    :raises OrganizationSuspended: when the organization is not open.
    :raises NetworkNotAllowed: when it lets nobody in from here.
    :raises SessionRevoked: when the person changed at the same moment.
    """
    subject = signed_tokens.read(CODE, code)
    organization = find_by_id(subject.organization_id) if subject and subject.organization_id else None
    here = Current.find_organization()
    if subject is None or organization is None or (here is not None and here.id != organization.id):
        raise CodeNotValid
    require_open(organization)
    require_allowed_network(organization)
    with use_tenant(organization), Current.scoped(organization=organization):
        with transaction.atomic():
            row = use_up(subject, code, code_verifier, purpose=SignOnPurpose.CODE, now=now)
            opened = _opened(organization, row, in_cookie=cookie, now=now)
        auth_signals.send_logged_in(opened.user, opened.session_id, request=request)
    return opened


def use_up(subject: Subject, code: str, code_verifier: str, *, now: datetime, **of: Any) -> SignOn:
    """Use up a code of a sign-on like this (`of`), in the organization that is entered.

    :raises CodeNotValid: when it is of another one, over, or was used up; or its provider was disabled.
    """
    found = SignOn.objects.filter(
        id=subject.row_id,
        code_hash=signed_tokens.hash_of(CODE, code),
        code_challenge=challenge_of(code_verifier),
        code_expires_at__gt=now,
        redeemed_at__isnull=True,
        **of,
    )
    if not VERIFIER.fullmatch(code_verifier) or not found.update(redeemed_at=now):
        raise CodeNotValid
    row = SignOn.objects.select_related("provider").get(id=subject.row_id)
    if not row.provider.is_enabled:
        raise CodeNotValid
    return row


def _opened(organization: Organization, row: SignOn, *, in_cookie: bool, now: datetime) -> LoggedIn:
    user = User.objects.filter(id=row.user_id, is_active=True).first() if row.user_id else None
    if user is None:
        raise CodeNotValid
    with Current.scoped(organization=organization, actor=user.as_actor()):
        opened = sessions.open_session(
            organization, user, in_cookie=in_cookie, is_mailbox_proven=False, by_second_factor=True, now=now
        )  # a provider answers for second factors, as for pages
        sessions.record_sign_on(row.provider, opened.session_id)
    return opened
