"""Data subject: whose data somebody may ask for; everybody their own, whoever holds privacy:manage anybody's."""

from __future__ import annotations

from uuid import UUID

from accounts.models import User
from workix.core.errors import Denied, NotFound
from workix.core.permissions import holds

MANAGE = "privacy:manage"


def get_subject(person_id: UUID | None, *, by: User | None) -> User:
    """Return whose data is meant; nobody named means oneself. Who was removed is found, too. `by` None is an operator.

    :raises Denied: when it is somebody else's, and who asks may not.
    :raises NotFound: when nobody here had this id.
    """
    if by is not None:
        if person_id in (None, by.id):
            return by
        if not holds(by, MANAGE):
            raise Denied
    subject = User.with_removed.filter(id=person_id).first() if person_id else None
    if subject is None:
        raise NotFound
    return subject


def require_theirs_to_see(person_id: UUID, *, by: User) -> None:
    """Make sure that what is of a person may be seen by somebody; for whoever may not, it is not there.

    :raises NotFound: when they may not.
    """
    try:
        get_subject(person_id, by=by)
    except Denied as refusal:
        raise NotFound from refusal
