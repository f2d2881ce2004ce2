"""What a test does beside the API: set the stage, look into the database as a superuser, do things at the same moment."""

from __future__ import annotations

import gc
import re
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from types import FrameType
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from psycopg import sql

from accounts import email_index
from accounts.members import add
from accounts.models import User
from tenants.models import Status
from tenants.resolution import forget_all
from tenants.scope import use_tenant
from tests.cast import PASSWORD, Answer, Api, Cast
from tests.database import kept_superuser
from workix.core.permissions import Role

Result = TypeVar("Result")


def join(cast: Cast, email: str, role: Role = Role.USER, password: str = PASSWORD) -> User:
    """Let somebody be a person of `cast` who has confirmed their address."""
    with use_tenant(cast.organization):
        user = add(email=email, password=password, role=role, first_name=email.partition("@")[0], now=timezone.now())
        prove(user)
    return user


def prove(user: User) -> None:
    """Let the address of a person of the organization in scope be proven, as their confirmation would."""
    User.objects.filter(id=user.id).update(email_confirmed_at=timezone.now())
    email_index.add(user.email)


def set_status(cast: Cast, status: Status, *, forget: bool = True) -> None:
    """Suspend or restore an organization as an operator would; without `forget`, processes still believe otherwise."""
    rows("UPDATE organizations SET status = %(status)s WHERE id = %(id)s", status=status, id=cast.organization.id)
    if forget:
        forget_all()


def rows(statement: str, cast: Cast | None = None, **values: Any) -> list[tuple[Any, ...]]:
    """Run a statement as a superuser: in the schema of `cast`, or in `public`.

    Several rows come in the order that the statement asks for; where it asks for none, in that of their texts, for
    PostgreSQL gives them in any.
    """
    schema = cast.organization.schema_name if cast else "public"
    with kept_superuser() as behind:
        behind.execute(sql.SQL("SET search_path = {}").format(sql.Identifier(schema)))
        cursor = behind.execute(statement, values)
        found = cursor.fetchall() if cursor.description else []
    return found if "ORDER BY" in statement else sorted(found, key=str)


@contextmanager
def refusing(cast: Cast, table: str, sqlstate: str) -> Iterator[None]:
    """Have every write to a table of an organization fail as the server fails with this SQLSTATE; 53100 is a full disk."""
    rows(
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION 'a fault' USING ERRCODE = '{sqlstate}'; END $$;"
        f" CREATE TRIGGER a_fault BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse()",
        cast,
    )
    try:
        yield
    finally:
        rows("DROP FUNCTION refuse() CASCADE", cast)


def demote(cast: Cast, email: str, role: Role) -> None:
    """Give somebody another role behind everybody's back, and let their sessions live, which a change of role ends."""
    quietly = "(SELECT set_config('workix.kept_session', 'all', true)) AS quietly"
    rows(f"UPDATE users SET role = %(role)s FROM {quietly} WHERE email = %(email)s", cast, role=role, email=email)  # noqa: S608


def follow(api: Api, link: str) -> Answer:
    """Go where a list says that it goes on."""
    parts = urlsplit(link)
    return api.get(f"{parts.path}?{parts.query}")


def at_once(work: Callable[[int], Result], times: int) -> list[Result]:
    """Do something so many times, all beginning at the same moment."""
    gate = threading.Barrier(times)

    def begin(number: int) -> Result:
        gate.wait()
        return work(number)

    with ThreadPoolExecutor(times) as crowd:
        return list(crowd.map(begin, range(times)))


def statements_of(call: Callable[[], object]) -> list[str]:
    """List what this thread sends to the database during `call`."""
    sent: list[str] = []

    def note(execute: Callable[..., Any], statement: str, params: Any, many: bool, context: Any) -> Any:
        sent.append(statement)
        return execute(statement, params, many, context)

    with connection.execute_wrapper(note):
        call()
    return sent


def calls_of(call: Callable[[], object], *functions: str) -> int:
    """Count the functions of Python that a call takes: what it costs, and the same in every run.

    Where some are named, as in `ModelSerializer.get_fields`, only those are counted.
    """
    count = 0

    def note(frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event == "call" and (not functions or frame.f_code.co_qualname in functions)

    before = sys.getprofile()
    gc.disable()  # what is collected meanwhile is no call of this
    sys.setprofile(note)
    try:
        call()
    finally:
        sys.setprofile(before)
        gc.enable()
    return count


def used(cast: Cast, resource: str) -> int:
    """Return how much of a quota is taken."""
    asked = "SELECT used FROM quotas WHERE organization_id = %(id)s AND resource = %(resource)s"
    ((taken,),) = rows(asked, id=cast.organization.id, resource=resource)
    return int(taken)


def set_limit(cast: Cast, resource: str, limit: int) -> None:
    """Grant an organization so much of a resource."""
    change = 'UPDATE quotas SET "limit" = %(limit)s WHERE organization_id = %(id)s AND resource = %(resource)s'
    rows(change, id=cast.organization.id, resource=resource, limit=limit)


def indexes_of(queryset: QuerySet[Any]) -> list[str]:
    """Name the indexes that serve a query, where reading and sorting the whole table is no way out."""
    with transaction.atomic(), connection.cursor() as cursor:
        for way in ("enable_seqscan", "enable_sort"):
            cursor.execute(f"SET LOCAL {way} = off")
        return re.findall(r"Scan using (\w+) on", queryset.explain())
