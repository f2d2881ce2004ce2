"""Mail policy: who may make us send an e-mail to whom, how often (rate limits), and with which words."""

# Note [Mail policy]
# Anybody can make us write: a visitor who types an address, an admin who adds it. So whatever is mailed passes here.
#
# - To whom: an unproven address gets one thing, the link that proves it. All else goes to proven addresses.
# - How often: what visitors ask for is counted by client and by address, before anything is looked up. Beyond the limit they
#   are answered as ever, and nothing is sent. Links that prove an address are counted where they are sent, by the address
#   and not by its person, who may be removed and added again: so many a day from one organization, and from all of them.
#   The two are counted apart: mails that strangers cause can't use up those that the owner of an address asks for.
# - With which words: no name reaches an unproven address, neither a person's nor an organization's, since whoever typed
#   it may be a stranger to whom it goes. Elsewhere a name that could be read as a link is left out.
# - An invitation has to say who invites. So it has the name of the organization, as all mails have it, and no other text that
#   somebody chose. It is limited once more: an organization sends so many a day as twice its seats.

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta

from accounts.models import EmailToken, Purpose
from accounts.models.email_address import normalize_address
from quotas.limits import balance_of
from quotas.rate_limits import Limit, client, count_attempt, give_back_one
from quotas.resources import USERS
from workix.core.current import Current
from workix.core.errors import TooMany

logger = logging.getLogger("workix.mails")

ASKED_BY_ONE_CLIENT = Limit("mails:client", 30, timedelta(hours=1))
#: Of each kind that visitors ask for.
ASKED_FOR_ONE_ADDRESS = 4, timedelta(hours=1)
FROM_ONE_ORGANIZATION = 6, timedelta(days=1)
FROM_ALL_ORGANIZATIONS = Limit("mails:unproven", 30, timedelta(days=1))

#: What mail programs make a link of: a scheme, a path, an address, a host (with any dot of IDNA).
_LINK = re.compile(r"[:/\\@<>]|[.。]\w")


def may_be_asked(kind: str, address: str, *, now: datetime) -> bool:
    """Count that a visitor asks for a mail of a kind; say whether it may be sent. See Note [Mail policy]."""
    for_one = Limit(f"mails:{kind}", *ASKED_FOR_ONE_ADDRESS)
    try:
        count_attempt(ASKED_BY_ONE_CLIENT, client(), now=now)
        count_attempt(for_one, normalize_address(address), now=now)
    except TooMany:
        return False
    return True


def may_prove(address: str, *, now: datetime) -> bool:
    """Count a link that proves an address to the organization in scope; say whether it may be sent."""
    most, window = FROM_ONE_ORGANIZATION
    sent = EmailToken.objects.filter(
        user__email=normalize_address(address), purpose=Purpose.CONFIRM_EMAIL, created_at__gt=now - window
    )
    try:
        if sent.count() >= most:
            return _withheld("of this organization")
        count_attempt(FROM_ALL_ORGANIZATIONS, normalize_address(address), now=now)
    except TooMany:
        return _withheld("of all organizations")
    return True


@contextmanager
def inviting(address: str, *, now: datetime) -> Iterator[ExitStack | None]:
    """Count a link that invites an address to the organization in scope; None means that it may not be sent.

    What the block fails to send is not counted, nor what it gives back by closing what it got.
    """
    here = str(Current.organization.id)
    limits = [
        (Limit("mails:invitations", 2 * balance_of(USERS).limit, timedelta(days=1)), here),
        (Limit("mails:invitation", *FROM_ONE_ORGANIZATION), f"{here} {address}"),
        (FROM_ALL_ORGANIZATIONS, address),
    ]
    with ExitStack() as failed:
        try:
            for limit, whose in limits:
                count_attempt(limit, whose, now=now)
                failed.callback(give_back_one, limit, whose)
        except TooMany:
            _withheld("of invitations")
            yield None
            return
        yield failed
        failed.pop_all()


def without_links(name: str) -> str:
    """Return a name as it may stand in a mail: nothing of it where a mail program could make a link of it."""
    return "" if _LINK.search(unicodedata.normalize("NFKC", name)) else name


def _withheld(whose: str) -> bool:
    logger.warning("mail.withheld", extra={"because": f"an address got the mails {whose} for today"})
    return False
