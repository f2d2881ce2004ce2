"""By what an erased person is found: every address they had, their ids at identity providers, their full name."""

# Note [A name is no identifier]
# What somebody is called is also what others, a pipeline or a customer are called, and everybody may change their own name. Were
# each text with that name erased, somebody could call themself like what they want to be gone from the trail. So a name goes
# where it stands for its person: in their rows, in entries by or about them, and in reasons that were typed. Where the full name
# stands elsewhere, the certificate counts it, and a human decides.

from __future__ import annotations

from collections.abc import Iterator

from accounts.models import ExternalIdentity, User
from audit.models import LogEntry
from audit.registry import AUDITED
from privacy.inventory import own_models
from tenants.erasure.traces import Traces

#: Shorter ids at a provider may be anything's.
SHORTEST_ID = 8


def traces_of(person: User) -> Traces:
    """Say by what a person is found, while their row still tells."""
    ids = [person.external_id, *ExternalIdentity.objects.filter(user=person).values_list("subject", flat=True)]
    names = [f"{person.first_name} {person.last_name}", f"{person.last_name}, {person.first_name}"]
    return Traces(
        person.id,
        texts=(*_addresses(person), *(each for each in ids if len(each) >= SHORTEST_ID)),
        names=tuple(names) if person.first_name and person.last_name else (),
        own=tuple(sorted(how.resource for model, how in AUDITED.items() if model in own_models())),
    )


def _addresses(person: User) -> list[str]:
    """List the address they have, and those they had; not what is another's by now."""
    had = {person.email, *_former_addresses(person)}
    others = User.with_removed.filter(email__in=had).exclude(id=person.id)
    return sorted(had - set(others.values_list("email", flat=True)))


def _former_addresses(person: User) -> Iterator[str]:
    entries = LogEntry.objects.filter(resource_type="user", resource_id=str(person.id), changes__has_key="email")
    for changes in entries.values_list("changes", flat=True):
        yield from (each for each in changes["email"] if isinstance(each, str) and "@" in each)
