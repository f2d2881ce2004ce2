"""The owner's rights for the length of an erasure: the trail, which no organization's role may change, is the owner's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from tenants.isolation.owner import acting_as_owner, wait_for_locks
from workix.core.current import Current

#: Seconds a statement waits for a row that somebody holds.
PATIENCE = 5


@contextmanager
def as_owner_of_the_trail() -> Iterator[None]:
    """Act as the owner in the schema of the organization in scope, outside any transaction."""
    with acting_as_owner(Current.organization.schema_name):
        yield


@contextmanager
def one_transaction() -> Iterator[None]:
    """Do it all, or nothing of it, as the owner in the schema of the organization in scope."""
    with as_owner_of_the_trail(), transaction.atomic():
        wait_for_locks(PATIENCE)
        yield
