"""Functions of `public` for organizations: each knows its caller by session_user, touches no neighbour, serves none that goes."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from accounts import email_index
from audit.signed_calls import sign
from quotas.consumption import consume, release
from quotas.resources import EXECUTIONS
from tenants.current_organization import cancel_removal, rename, schedule_removal
from tenants.models import Status
from tenants.scope import use_tenant
from tests.acts import rows, set_status
from tests.cast import Cast
from tests.integration.tenants.neighbours.neighbours import neighbours_untouched, tempt
from workix.core.models import uuid7

pytestmark = [pytest.mark.fault("H1"), pytest.mark.isolation]

#: What is told to an organization that is being removed.
TOLD_NOTHING = {
    "SELECT count(*) FROM public.my_organization()": (0,),
    "SELECT public.my_organization_is_open()": (False,),
    "SELECT count(*) FROM public.my_quotas()": (0,),
    "SELECT count(*) FROM public.my_balances()": (0,),
    "SELECT count(*) FROM public.my_past_usage('executions')": (0,),
    "SELECT count(*) FROM public.my_usage_since('2020-01-01')": (0,),
    "SELECT public.my_removal_due_at()": (None,),
    "SELECT public.my_allowed_origins()": (None,),
    "SELECT public.allow_my_origins('https://x.example')": (None,),
    "SELECT public.my_allowed_networks()": (None,),
    "SELECT public.allow_my_networks('192.0.2.0/24')": (None,),
    "SELECT public.my_organization_allows_switching()": (False,),
    "SELECT public.allow_my_switching(true)": (None,),
    "SELECT public.my_quota_warning_percent()": (None,),
    "SELECT public.warn_my_organization_from(50)": (None,),
    "SELECT public.schedule_my_removal()": (None,),
    "SELECT public.cancel_my_removal()": (False,),
    "SELECT public.confirm_my_organization()": (False,),
    "SELECT public.rename_my_organization('X')": (None,),
    "SELECT public.remove_from_email_index(repeat('0', 64))": (None,),
}
REFUSED = (
    "SELECT public.enqueue_job('mails', 'accounts.send_confirmation_mail', '{}')",
    "SELECT public.add_to_email_index(repeat('0', 64))",
)


def ask(statement: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, list(values))
        return cursor.fetchone()


def test_what_an_organization_asks_for_touches_no_neighbour(acme: Cast, globex: Cast) -> None:
    tempt(globex)
    rows(
        "INSERT INTO email_index SELECT gen_random_uuid(), address_hash, %(id)s FROM email_index ON CONFLICT DO NOTHING",
        id=globex.organization.id,
    )
    for cast in (acme, globex):
        set_status(cast, Status.PENDING)
    with neighbours_untouched(acme.organization), use_tenant(acme.organization):
        assert ask("SELECT public.confirm_my_organization()") == (True,)
        schedule_removal()
        assert ask("SELECT count(*) FROM public.my_removal_due_at() AS due WHERE due > now()") == (1,)
        cancel_removal()
        assert ask("SELECT public.my_removal_due_at()") == (None,)
        ask("SELECT public.allow_my_origins('https://acme.example')")
        assert ask("SELECT public.my_allowed_origins()") == ("https://acme.example",)
        ask("SELECT public.allow_my_networks('192.0.2.0/24')")
        assert ask("SELECT public.my_allowed_networks()") == ("192.0.2.0/24",)
        ask("SELECT public.allow_my_switching(true)")
        assert ask("SELECT public.my_organization_allows_switching()") == (True,)
        ask("SELECT public.warn_my_organization_from(50)")
        assert ask("SELECT public.my_quota_warning_percent()") == (50,)
        rename("Acme & Sons")
        release(EXECUTIONS, consume(EXECUTIONS, 2).id)
        email_index.remove("alice@acme.example")
        email_index.add("alice@acme.example")
        with transaction.atomic():
            ask("SELECT public.enqueue_job('mails', 'accounts.send_confirmation_mail', '{}')")
    assert rows("SELECT name, status FROM organizations WHERE slug = 'acme'") == [("Acme & Sons", "active")]


def test_what_is_told_is_the_callers_own(acme: Cast, globex: Cast) -> None:
    tempt(globex)
    with use_tenant(acme.organization):
        assert ask("SELECT array_agg(slug::text) FROM public.my_organization()") == (["acme"],)
        assert ask("SELECT public.my_organization_is_open()") == (True,)
        assert ask("SELECT count(*) FROM public.my_past_usage('executions')") == (0,)
        assert ask("SELECT count(*) FROM public.my_usage_since('2020-01-01')") == (1,)
        assert ask("SELECT array_agg(used ORDER BY resource) FROM public.my_quotas()") == ([0, 0, 3],)
    with use_tenant(globex.organization):
        assert ask("SELECT count(*) FROM public.my_past_usage('executions')") == (1,)
        assert ask("SELECT count(*) FROM public.my_past_usage('pipelines')") == (0,)
        assert ask("SELECT count(*) FROM public.my_usage_since('2020-01-01')") == (2,)


def test_an_organization_that_is_being_removed_is_told_nothing_and_changes_nothing(acme: Cast, globex: Cast) -> None:
    tempt(acme)
    set_status(acme, Status.PENDING)
    rows("UPDATE organizations SET deleted_at = now() WHERE slug = 'acme'")
    before = rows("SELECT to_jsonb(o)::text FROM organizations AS o WHERE slug = 'acme'")
    with use_tenant(acme.organization):
        found = {statement: ask(statement) for statement in TOLD_NOTHING}
        for statement in REFUSED:
            with pytest.raises(DatabaseError):
                ask(statement)
        call = {"resource": "executions", "consumption": uuid7(), "amount": 1, "actor_type": "person"}
        with pytest.raises(DatabaseError, match="another organization"):
            ask("SELECT public.consume_quota(%s, %s)", *sign("consume_quota", **call))
    assert found == TOLD_NOTHING
    assert rows("SELECT to_jsonb(o)::text FROM organizations AS o WHERE slug = 'acme'") == before
