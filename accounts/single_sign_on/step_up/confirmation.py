"""Confirming step-up by a provider: a client brings the one-time code, in the session that began, with its verifier (PKCE)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.login.sessions import authenticated_again
from accounts.models import SignOnPurpose, User
from accounts.single_sign_on.front_ends import codes
from accounts.single_sign_on.front_ends.codes import CODE, CodeNotValid
from accounts.tokens import signed_tokens


def confirm(user: User, session_id: UUID, *, code: str, code_verifier: str, now: datetime) -> None:
    """Renew when this session's person last proved who they are. See Note [Step-up by a provider].

    :raises CodeNotValid: for whatever is no code that is good now, in this session and with this verifier.
    :raises SessionRevoked: when the session ended meanwhile.
    """
    subject = signed_tokens.read(CODE, code)
    if subject is None or user.organization_id is None or subject.organization_id != user.organization_id:
        raise CodeNotValid
    whose = {"purpose": SignOnPurpose.STEP_UP, "begun_by": user, "begun_in": session_id}
    with transaction.atomic():
        row = codes.use_up(subject, code, code_verifier, now=now, **whose)
        authenticated_again(user, session_id, by_second_factor=True, provider=row.provider, now=now)
