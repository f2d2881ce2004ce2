"""Acts of the owner and of operators on one organization: whatever tempts them to, they touch none of its neighbours."""

from __future__ import annotations

import asyncio
import inspect
import io
from collections.abc import Callable, Iterator

import pytest
from django.core.management import call_command, get_commands
from django.utils import timezone
from procrastinate.contrib.django import app as queue

from tenants import lifecycle
from tenants.backend.pool import shared_pool
from tenants.isolation import roles
from tenants.isolation.database_roles import tenant_role
from tenants.jobs import periodic
from tenants.jobs.stalled_jobs import take_up
from tenants.jobs.sweeping import sweep_tenant
from tenants.jobs.worker import working_app
from tenants.models import Status
from tenants.provisioning import open_organization
from tenants.scope import use_tenant
from tests.acts import rows, set_status
from tests.cast import OTTO, PASSWORD, Cast, api_of
from tests.database import roles_locked, superuser
from tests.house.sources import of_the_project
from tests.integration.tenants.neighbours.neighbours import neighbours_untouched, picture, tempt

pytestmark = [pytest.mark.fault("H1"), pytest.mark.isolation]

Act = Callable[[Cast], object]

#: Commands that look at everybody.
LOOKS = ("list_organizations", "list_jobs", "axes_list_attempts", "show_declarations", "verify_audit", "tripwires")
CRON = ("quotas.recount_usage", "quotas.return_expired_reservations", "quotas.warn_of_limits", "webhooks.renew_secrets")
TRAILS = ("tenants.prune_trails", "tenants.sign_checkpoints", "webhooks.publish_checkpoints")
OF_AN_APP = ("agents.end_proposals", "grpc", "heavy", "mcp", "quotas.find_shares", "quotas.measure_storage", "usage")
#: What is done to Acme -> how.
ACTS: dict[str, Act] = {}
#: What is done to nobody -> how, and the tables of `public` in which there may be rows more.
ACTS_ON_NOBODY: dict[str, tuple[Act, tuple[str, ...]]] = {}
#: Commands and periodic jobs that are tried in another way.
ELSEWHERE = {
    **dict.fromkeys(("acting_on", "get_organization", "migrate_schema"), "what acts, and migrate, are made of"),
    **dict.fromkeys(("accounts.expire_invitations", "accounts.renew_encryption"), "tests/integration/accounts/"),
    **dict.fromkeys(("compliance_report", "erase_person", "privacy.erase_due"), "tests/integration/privacy/"),
    **dict.fromkeys(("export_organization", "import_organization"), "tests/integration/privacy/organizations/"),
    **dict.fromkeys((*CRON, *TRAILS, "recount_usage", "rotate_role_passwords"), "beside them"),
    **dict.fromkeys(("import_people", "rehash_email_index", "signing_keys"), "tests/integration/accounts/"),
    **dict.fromkeys(OF_AN_APP, "of its app"),
    **dict.fromkeys(("prove_isolation", "tenants.prove_isolation"), "test_isolation_proof.py looks at all there is"),
}


@pytest.fixture(autouse=True)
def _tempting(acme: Cast, globex: Cast) -> Iterator[None]:
    """Globex is tempting, and nobody else changes roles meanwhile."""
    with roles_locked(alone=True):
        tempt(globex)
        yield


def on_acme(*names: str) -> Callable[[Act], Act]:
    def register(act: Act) -> Act:
        ACTS.update(dict.fromkeys(names, act))
        return act

    return register


def on_nobody(*names: str, more_in: tuple[str, ...] = ()) -> Callable[[Act], Act]:
    def register(act: Act) -> Act:
        ACTS_ON_NOBODY.update(dict.fromkeys(names, (act, more_in)))
        return act

    return register


def command(*arguments: str) -> None:
    call_command(*arguments, stdout=io.StringIO(), stderr=io.StringIO())


def spoil(acme: Cast) -> None:
    """Change what is to be repaired."""
    name = acme.organization.schema_name
    for statement in (
        "ALTER ROLE {0} PASSWORD 'x'",
        "ALTER ROLE {0} SET work_mem = '1GB'",
        "ALTER TABLE {0}.users DROP CONSTRAINT belongs_to_this_organization",
        "DROP TRIGGER count_rows ON {0}.users",
        "GRANT UPDATE ON {0}.audit_logs TO {0}",
        "REVOKE SELECT ON {0}.users FROM {0}",
        "DELETE FROM {0}.django_migrations WHERE name = '0001_initial' AND app = 'workix_api'",
    ):
        rows(statement.format(name))


on_acme("migrate_schemas")(lambda _: command("migrate_schemas", "--schema", "acme"))
on_acme("set_plan")(lambda _: command("set_plan", "acme", "pro", "--users", "3", "--reason", "ordered"))
on_acme("suspend_organization", "suspend")(lambda _: command("suspend_organization", "acme", "--reason", "unpaid"))
on_acme("restore_organization", "restore")(lambda _: command("restore_organization", "acme", "--reason", "paid"))


@on_nobody("open_sandbox", "tenants.remove_expired_sandboxes")
def open_and_end_a_sandbox(acme: Cast) -> None:
    command("open_sandbox")
    rows("UPDATE organizations SET sandbox_expires_at = created_at WHERE sandbox_expires_at IS NOT NULL")
    periodic.remove_expired_sandboxes(timestamp=0)


@on_nobody("remove_due", "tenants.remove_due_organizations", more_in=("audit_logs",))
def open_and_remove(acme: Cast) -> None:
    open_organization(name="Initech", slug="initech", populate=lambda _: None)
    rows("UPDATE organizations SET removal_due_at = now() WHERE slug = 'initech'")
    periodic.remove_due_organizations(timestamp=0)
    assert rows("SELECT slug FROM organizations WHERE slug = 'initech'") == []


@on_nobody("remove", more_in=("audit_logs",))
def open_and_remove_at_once(acme: Cast) -> None:
    open_organization(name="Initech", slug="initech", populate=lambda _: None)
    rows("UPDATE organizations SET status = 'suspended' WHERE slug = 'initech'")
    command("remove_organization", "initech", "--at-once", "--noinput", "--reason", "closed")
    assert rows("SELECT slug FROM organizations WHERE slug = 'initech'") == []


@on_acme("remove_organization")
def schedule_and_cancel(acme: Cast) -> None:
    command("remove_organization", "acme", "--noinput", "--reason", "unpaid")
    command("remove_organization", "acme", "--cancel", "--reason", "paid")


@on_acme("inspect_organization", "list_api_keys", "clear_networks", "reset_second_factors", "legal_hold", "set_limit")
def look_inside_and_open(acme: Cast) -> None:
    rows("UPDATE organizations SET allowed_networks = '192.0.2.0/24' WHERE slug = 'acme'")
    of_one = ("inspect_organization", "list_api_keys", "clear_networks", "legal_hold on", "set_limit users 4")
    for name, *more in (*map(str.split, of_one), ("reset_second_factors", "alice@acme.example")):
        command(name, "acme", *more, "--reason", "ticket 7")


@on_acme("retry_job")
def retry(acme: Cast) -> None:
    ((number,),) = rows(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, status, args)"
        " VALUES ('default', 'tests.gone', 'failed', jsonb_build_object('organization_id', %(id)s::text)) RETURNING id",
        id=acme.organization.id,
    )
    command("retry_job", str(number))


@on_acme("check_isolation")
def repair(acme: Cast) -> None:
    spoil(acme)
    command("check_isolation", "--repair")


@on_acme("tenants.repair_roles")
def repair_roles(acme: Cast) -> None:
    rows(f"ALTER ROLE {acme.organization.schema_name} PASSWORD 'x'")
    periodic.repair_changed_roles(timestamp=0)


@on_acme("a log-in that repairs the role")
def repair_one(acme: Cast) -> None:
    rows(f"ALTER ROLE {acme.organization.schema_name} PASSWORD 'x'")
    assert roles.repair(tenant_role(acme.organization))


@on_acme("tenant_command")
def tenant_command(acme: Cast) -> None:
    command("tenant_command", "clearsessions", "--schema", "acme", "--reason", "ticket 7")


@on_acme("all_tenants_command")
def tenant_commands(acme: Cast) -> None:
    command("all_tenants_command", "clearsessions", "--schema", "acme", "--reason", "ticket 7")


@on_acme("tenants.sweep")
def sweep(acme: Cast) -> None:
    for when in ("idempotency_keys SET created_at", "sessions SET expires_at", "email_tokens SET expires_at"):
        rows(f"UPDATE {when} = now() - interval '400 days'", acme)  # noqa: S608
    with use_tenant(acme.organization):
        sweep_tenant(now=timezone.now())


@on_acme("take_up", "run_worker")
def work(acme: Cast) -> None:
    """A job that waits, one whose worker died, and nobody else's."""
    rows(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, status, args)"
        " SELECT 'default', 'tests.gone', status::procrastinate_job_status, jsonb_build_object('organization_id', %(id)s::text)"
        " FROM unnest(ARRAY['todo', 'doing']) AS status",
        id=acme.organization.id,
    )

    async def once() -> None:
        async with worker.open_async():
            await take_up(worker)

    with working_app() as worker:
        asyncio.run(once())
    command("run_worker", "--once")


@on_acme("DELETE and POST organization/deletion/, PATCH organization/")
def owner_acts(acme: Cast) -> None:
    alice = api_of(acme, "alice")
    assert alice.patch("organization/", {"name": "Acme & Sons"}).status == 200
    assert alice.post("organization/deletion/", {"password": PASSWORD}).status == 202
    assert alice.delete("organization/deletion/").status == 204


@on_acme("axes_reset_username")
def reset_attempts(acme: Cast) -> None:
    command("axes_reset_username", "alice@acme.example")


@on_nobody("create_organization", "create_tenant")
def open_another(acme: Cast) -> None:
    command("create_organization", "initech", "ina@initech.example")


@on_nobody("create_operator", more_in=("users", "audit_logs"))
def hire(acme: Cast) -> None:
    command("create_operator", OTTO)


@on_nobody("migrate")
def migrate(acme: Cast) -> None:
    command("migrate", "--quiet")


@on_nobody("tenants.sweep_platform")
def sweep_platform(acme: Cast) -> None:
    periodic.sweep_platform(timestamp=0)


@on_nobody("makemigrations", *LOOKS)
def look(acme: Cast) -> None:
    for name in LOOKS:
        command(name)
    command("makemigrations", "--check", "--dry-run")


@pytest.mark.parametrize("name", ACTS)
def test_an_act_on_one_organization_leaves_its_neighbours_as_they_were(acme: Cast, globex: Cast, name: str) -> None:
    if name.startswith("restore"):
        for cast in (acme, globex):
            set_status(cast, Status.SUSPENDED)
    with neighbours_untouched(acme.organization):
        ACTS[name](acme)
    shared_pool(0).clear()


@pytest.mark.parametrize("name", ACTS_ON_NOBODY)
def test_what_is_no_act_on_an_organization_leaves_all_as_they_were(acme: Cast, name: str) -> None:
    act, more_in = ACTS_ON_NOBODY[name]
    with neighbours_untouched(more_in=more_in):
        act(acme)


def test_every_command_and_every_act_of_operators_and_of_the_clock_is_tried_here() -> None:
    commands = {name for name, app in get_commands().items() if app in {each.name for each in of_the_project()}}
    functions = inspect.getmembers(lifecycle, inspect.isfunction)
    acts = {name for name, act in functions if act.__module__ == lifecycle.__name__}
    by_clock = {each.task.name.removesuffix("_everywhere") for each in queue.periodic_registry.periodic_tasks.values()}
    there = {name for name in commands | acts | by_clock if not name.startswith(("_", "tests."))}
    assert there - ACTS.keys() - ACTS_ON_NOBODY.keys() - ELSEWHERE.keys() == set()


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE public.organizations SET removal_due_at = now() WHERE slug = 'globex'",
        "UPDATE public.quotas SET used = 8 WHERE organization_id = (SELECT id FROM public.organizations WHERE slug = 'globex')",
        "UPDATE public.domains SET is_primary = false WHERE host LIKE 'globex%'",
        "DELETE FROM public.email_index WHERE organization_id = (SELECT id FROM public.organizations WHERE slug = 'globex')",
        "UPDATE {0}.users SET first_name = 'X' WHERE first_name = 'Gina'",
        "ALTER TABLE {0}.users ALTER COLUMN first_name SET DEFAULT 'X'",
        "ALTER TABLE {0}.users DROP CONSTRAINT belongs_to_this_organization",
        "ALTER TABLE {0}.users DISABLE TRIGGER count_rows",
        "GRANT UPDATE ON {0}.audit_logs TO {0}",
        "ALTER ROLE {0} PASSWORD 'x'",
        "ALTER ROLE {0} CREATEDB",
        "ALTER ROLE {0} SET work_mem = '1GB'",
        "GRANT workix_test_control TO {0}",
        "ALTER TABLE public.quotas DISABLE ROW LEVEL SECURITY",
        "GRANT EXECUTE ON FUNCTION public.my_quotas() TO PUBLIC",
    ],
)
def test_the_picture_of_a_neighbour_shows_each_kind_of_thing(acme: Cast, globex: Cast, damage: str) -> None:
    with superuser() as behind, behind.transaction(force_rollback=True):
        before = picture(behind)
        behind.execute(damage.format(globex.organization.schema_name))
        ours = {str(acme.organization.id)}
        assert picture(behind).without(set(), ours) != before.without(set(), ours)
