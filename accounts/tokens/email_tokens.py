"""E-mail tokens: single-use links, made when the e-mail is written, stored as a keyed hash."""

# Bulk write: one conditional UPDATE decides who of two uses a link.

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import QuerySet

from accounts.models import EmailToken, Purpose, User
from accounts.tokens import mailbox_proofs, signed_tokens
from accounts.tokens.signed_tokens import Subject
from tenants.models import Organization
from tenants.resolution import find_by_id
from tenants.scope import use_tenant
from workix.core.current import ANONYMOUS, Actor, Current
from workix.core.errors import Invalid
from workix.core.models import uuid7


class TokenInvalid(Invalid):
    code = "token_invalid"
    detail = "This link is not valid, or it was used before."


class TokenExpired(Invalid):
    code = "token_expired"
    detail = "This link has expired. Ask for a new one."


@dataclass(frozen=True, slots=True)
class Link:
    purpose: Purpose
    row: Subject
    token: str = field(repr=False)


def make(user: User, purpose: Purpose, *, now: datetime, lifetime: timedelta) -> str:
    """Make a link's token for a person of the organization in scope; it is good for `lifetime`."""
    subject = Subject(Current.organization.id, uuid7())
    token = signed_tokens.write(purpose, subject)
    EmailToken.objects.create(
        id=subject.row_id,
        user=user,
        purpose=purpose,
        token_hash=signed_tokens.hash_of(purpose, token),
        mailbox_proof=mailbox_proofs.of_link(user, subject.row_id),
        expires_at=now + lifetime,
    )
    return token


def read_link(purpose: str, token: str) -> tuple[Organization, Subject]:
    """Return the organization a link leads to, and what it is about there.

    :raises TokenInvalid: when the signature is not ours, or the organization is gone.
    """
    subject = signed_tokens.read(purpose, token)
    organization = find_by_id(subject.organization_id) if subject and subject.organization_id else None
    if subject is None or organization is None:
        raise TokenInvalid
    return organization, subject


@contextmanager
def redeem(purpose: Purpose, token: str) -> Iterator[Link]:
    """Work inside the organization the link leads to, as the person it was sent to.

    :raises TokenInvalid: when the signature is not ours, or the organization is gone.
    """
    organization, subject = read_link(purpose, token)
    link = Link(purpose, subject, token)
    with use_tenant(organization), Current.scoped(organization=organization, actor=_bearer_of(link)):
        yield link


def _bearer_of(link: Link) -> Actor:
    """Return whose link it is, so that the trail names them in all they do with it."""
    user = User.objects.filter(
        email_tokens__id=link.row.row_id, email_tokens__token_hash=signed_tokens.hash_of(link.purpose, link.token)
    ).first()
    return user.as_actor() if user else ANONYMOUS


def use(link: Link, *, now: datetime) -> User:
    """Use up a link and return its person. Of two who try at once, one gets through: it is one conditional UPDATE.

    :raises TokenInvalid: when it was used, or never sent.
    :raises TokenExpired: when its time is over.
    """
    # The person first: who changes a credential locks that row, and uses up their links while they hold it.
    user = User.objects.filter(email_tokens=link.row.row_id).select_for_update(of=("self",)).first()
    found = _unused(link)
    if not usable(link, now=now).update(used_at=now):
        raise TokenExpired if found.exists() else TokenInvalid
    if user is None:
        raise TokenInvalid
    return user


def usable(link: Link, *, now: datetime) -> QuerySet[EmailToken]:
    """Find the row of a link that could be used up now: for it, and for no other, more work is worth doing."""
    return _unused(link).filter(expires_at__gt=now)


def _unused(link: Link) -> QuerySet[EmailToken]:
    """Look for it without a condition on another table: PostgreSQL would test it, and all of this, on what was there before."""
    token_hash = signed_tokens.hash_of(link.purpose, link.token)
    return EmailToken.objects.filter(
        id=link.row.row_id, purpose=link.purpose, token_hash=token_hash, used_at__isnull=True
    )
