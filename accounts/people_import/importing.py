"""import_people(): adds people of a file to an organization, all of them or none, with the passwords they have; dry run first."""

# Note [What an import proves]
# That an address is in somebody's file does not prove that its person reads that mailbox, nor who knows the password behind the
# hash. So who is imported proves their address before their first log-in, by a link that is mailed at once, or that they ask for
# themselves. An operator may vouch for a file from a system that proved the addresses: the trail says who did, and why. It says
# nothing of the password all the same: see Note [Whose password it is] in accounts/tokens/mailbox_proofs.py.

# Note [An import that is tried]
# A dry run does all that the import would, and rolls it back: so what it says of seats, of who is there and of who comes back is
# so, and not only likely. It tells an operator who is in the organization, too: it leaves an entry, whatever it finds.

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from itertools import islice

from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts import email_index
from accounts.email_confirmation import ask_for_confirmation
from accounts.members import Newcomer, add_uninvited
from accounts.models import User
from accounts.models.email_address import AddressTaken
from accounts.people_import.checking import Checked, Person, check
from accounts.people_import.files import Fault, Line
from audit.recording import record
from quotas.consumption import taking
from quotas.resources import USERS
from tenants.lifecycle import get_organization
from tenants.scope import use_tenant
from workix.core.current import Current, check_reason
from workix.core.errors import Invalid

#: Addresses that are looked up with one statement.
_AT_ONCE = 500


class FaultyFile(Invalid):
    """Nothing was written. `checked` says what is wrong, line by line."""

    def __init__(self, checked: Checked) -> None:
        self.checked = checked
        super().__init__(f"Faults in the file: {checked.count_of_faults:,}. Nobody was imported.")


class Proof(Enum):
    """How addresses are proven. See Note [What an import proves]."""

    ASKED_FOR = "each asks for a link"
    MAILED = "each is mailed a link"
    VOUCHED_FOR = "the operator vouches for them"


@dataclass(frozen=True, slots=True)
class Imported:
    """What was done, or would have been."""

    people: int
    with_password: int
    is_applied: bool


def import_people(
    slug: str,
    lines: Iterable[Line | Fault],
    *,
    apply: bool,
    proof: Proof,
    reason: str,
    progress: Callable[[int, int], None],
    now: datetime,
) -> Imported:
    """Add the people of a file to an organization; without `apply` say only what would be. For operators.

    `progress` is told how many are written, and of how many.

    :raises NoReason: when nobody says why.
    :raises NoSuchOrganization: when there is none.
    :raises FaultyFile: when any line is wrong; nobody was imported.
    :raises QuotaExceeded: when there are fewer seats than people; nobody was imported.
    """
    reason, organization = check_reason(reason), get_organization(slug)
    checked = check(lines)
    with use_tenant(organization), Current.scoped(organization=organization, reason=reason):
        people = _sound(checked)
        with taking(USERS), transaction.atomic():
            for done, person in enumerate(people, start=1):
                _import(person, proof, now=now)
                progress(done, len(people))
            with_password = sum(1 for person in people if person.password_hash)
            _record("people.imported", people=len(people), with_password=with_password, addresses=proof.value)
            transaction.set_rollback(not apply)
    return Imported(len(people), with_password, apply)


def _sound(checked: Checked) -> list[Person]:
    """Return the people of a file, if nothing is wrong with it. See Note [An import that is tried].

    :raises FaultyFile: for any other.
    """
    for address in _taken(checked.people):
        checked.add_fault(Fault(checked.people[address].line, "email", AddressTaken.detail))
    if not checked.people and not checked.count_of_faults:
        checked.add_fault(Fault(1, "", "There is nobody in this file."))
    with transaction.atomic():
        _record("people.import_checked", people=len(checked.people), faults=checked.count_of_faults)
    if checked.count_of_faults:
        raise FaultyFile(checked)
    return list(checked.people.values())


def _taken(addresses: Iterable[str]) -> Iterator[str]:
    """Find which of these are somebody's here, some hundred at a time."""
    waiting = iter(addresses)
    while some := list(islice(waiting, _AT_ONCE)):
        yield from User.objects.filter(email__in=some).order_by("email").values_list("email", flat=True)


def _import(person: Person, proof: Proof, *, now: datetime) -> None:
    password_hash = person.password_hash or make_password(None)  # nobody's: they set one through a link
    newcomer = Newcomer(person.email, person.role, password_hash, person.first_name, person.last_name)
    user = add_uninvited(newcomer, confirmed_at=now if proof == Proof.VOUCHED_FOR else None, now=now)
    if proof == Proof.VOUCHED_FOR:
        email_index.add(user.email)
    if proof == Proof.MAILED:
        ask_for_confirmation(user)


def _record(action: str, **changes: object) -> None:
    record(action, resource_type="organization", resource_id=Current.organization.id, changes=changes)
