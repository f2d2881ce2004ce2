"""The operators' console: organizations, domains and jobs; and nobody's own data."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail

from tests.acts import rows
from tests.browsers import Browser, browser_of
from tests.cast import OTTO, PASSWORD, Api, Cast

ORGANIZATIONS, DOMAINS, JOBS = (
    "/admin/tenants/organization/",
    "/admin/tenants/domain/",
    "/admin/procrastinate/procrastinatejob/",
)


def umbrella(**changes: str) -> dict[str, str]:
    return {
        "name": "Umbrella",
        "slug": "umbrella",
        "plan": "pro",
        "email": "ursula@umbrella.example",
        "password": PASSWORD,
        "first_name": "Ursula",
        **changes,
    }


def entitlement(**changes: Any) -> dict[str, Any]:
    limits = {"max_users": 5, "max_pipelines": 10, "max_executions_per_month": 1_000}
    return {"plan": "free", "reason": "agreed by mail", **limits, **changes}


def of(cast: Cast) -> str:
    return f"{ORGANIZATIONS}{cast.organization.id}/"


def test_the_home_page_counts(acme: Cast, globex: Cast, otto: Browser) -> None:
    home = otto.get("/admin/")
    assert home.status == 200
    assert "Active 2 organizations Suspended 0 organizations" in home.words
    assert "Jobs 0 waiting 0 failed" in home.words
    assert "Isolation – never proved yet" in home.words


@pytest.mark.parametrize(("outcome", "says"), [("held", "holds"), ("broken", "broken")])
def test_the_home_page_shows_the_last_verdict_on_isolation(otto: Browser, outcome: str, says: str) -> None:
    rows(
        "INSERT INTO isolation_proofs (id, started_at, finished_at, version, attacks, refused, known, outcome, attacker_id,"
        " attacked_id, is_cleared) SELECT gen_random_uuid(), now() - n * interval '1 hour', now() - n * interval '1 hour',"
        " '1', 9, 7, 1, o, gen_random_uuid(), gen_random_uuid(), true"
        " FROM (VALUES (0, 'cut_short'), (1, %(outcome)s), (2, 'held')) AS v (n, o)",
        outcome=outcome,
    )
    assert f"Isolation {says} 7 of 9 attacks refused, 1 known" in otto.get("/admin/").words


def test_an_operator_opens_an_organization(otto: Browser, run_jobs: Any) -> None:
    assert otto.post(ORGANIZATIONS + "add/", **umbrella()).status == 302
    assert "Umbrella umbrella Pro Waiting for confirmation 1 of 50" in otto.get(ORGANIZATIONS).words
    found = "SELECT schema_name, plan, max_users FROM organizations WHERE slug = 'umbrella'"
    ((schema, plan, seats),) = rows(found)
    assert (plan, seats) == ("pro", 50)
    ((actor, label),) = rows(
        f"SELECT actor_type, actor_label FROM {schema}.audit_logs WHERE action = 'organization.opened'"
    )
    assert (actor, label) == ("operator", OTTO)
    run_jobs()
    assert [message.to for message in mail.outbox] == [["ursula@umbrella.example"]]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"slug": "acme"}, "This slug is taken."),
        ({"slug": "A B"}, "Enter a valid"),
        ({"slug": "x"}, "lower-case"),
        ({"password": "short"}, "Use 15 to 128 characters."),
        ({"password": "passwordpassword"}, "This is easily guessed"),
        ({"email": "nobody"}, "Enter a valid email address."),
        ({"plan": "gold"}, "Select a valid choice."),
    ],
    ids=str,
)
def test_what_is_wrong_is_said_and_nothing_is_opened(acme: Cast, otto: Browser, changes: Any, sentence: str) -> None:
    before = rows("SELECT count(*) FROM organizations")
    answer = otto.post(ORGANIZATIONS + "add/", **umbrella(**changes))
    assert (answer.status, sentence in answer.words) == (200, True)
    assert rows("SELECT count(*) FROM organizations") == before


def test_suspending_and_restoring_take_a_reason(acme: Cast, otto: Browser) -> None:
    alice = browser_of(acme, "alice")
    assert otto.post(of(acme) + "suspend/").status == 200, "Without a reason it is asked for."
    assert "This field is required." in otto.post(of(acme) + "suspend/").words
    assert otto.post(of(acme) + "suspend/", reason="unpaid").goes_to == of(acme) + "change/"
    assert "Acme is suspended." in otto.get(of(acme) + "change/").words
    assert alice.get("/admin/").status == 403
    otto.post(of(acme) + "suspend/", reason="again")
    assert "Acme is suspended." in otto.get(of(acme) + "change/").words
    otto.post(of(acme) + "restore/", reason="paid")
    assert alice.get("/admin/").status == 200
    acts = "SELECT action, actor_label, reason FROM audit_logs WHERE resource_type = 'organization' ORDER BY created_at DESC"
    assert rows(acts, acme)[:2] == [("organization.restored", OTTO, "paid"), ("organization.suspended", OTTO, "unpaid")]


def test_a_plan_brings_its_limits(acme: Cast, otto: Browser) -> None:
    assert otto.post(of(acme) + "change/", **entitlement(plan="pro")).status == 302
    query = "SELECT plan, max_users, max_pipelines, max_executions_per_month FROM organizations WHERE slug = 'acme'"
    assert rows(query) == [("pro", 50, 100, 50_000)]
    assert otto.post(of(acme) + "change/", **entitlement(plan="pro", max_users=7, max_pipelines=100)).status == 302
    assert rows(query) == [("pro", 7, 100, 1_000)]
    quota = "SELECT \"limit\" FROM quotas WHERE resource = 'users' AND organization_id = %(id)s"
    assert rows(quota, id=acme.organization.id) == [(7,)]


@pytest.mark.fault("E1")
@pytest.mark.parametrize("column", ["max_users", "max_pipelines", "max_executions_per_month"])
@pytest.mark.parametrize(
    "limit", ["-1", "2147483648", "4294967296", "99999999999", f"{10**20}", "9" * 5_000, "1e3", "\u0663.5"]
)
def test_a_limit_that_no_column_holds_is_refused_where_it_was_typed(
    acme: Cast, otto: Browser, column: str, limit: str
) -> None:
    before = rows("SELECT to_jsonb(o)::text FROM organizations AS o ORDER BY id")
    answer = otto.post(of(acme) + "change/", **entitlement(**{column: limit}))
    assert (answer.status, "errornote" in answer.text) == (200, True)
    assert rows("SELECT to_jsonb(o)::text FROM organizations AS o ORDER BY id") == before


@pytest.mark.fault("E1")
@pytest.mark.parametrize("number", ["0", "-1", "2147483648", f"{2**63}", f"{10**20}", "9" * 5_000], ids=len)
def test_a_number_in_an_address_that_no_column_holds_is_nothing(acme: Cast, otto: Browser, number: str) -> None:
    assert otto.get(f"{JOBS}{number}/change/").status in (302, 404)
    for query in (f"p={number}", f"o={number}", f"o=1.-{number}", f"q={number}", f"status__exact={number}"):
        assert otto.get(f"{JOBS}?{query}").status in (200, 302), query
        assert otto.get(f"{ORGANIZATIONS}?{query}").status in (200, 302), query


def test_a_plan_is_not_changed_without_a_reason(acme: Cast, otto: Browser) -> None:
    answer = otto.post(of(acme) + "change/", **entitlement(plan="pro", reason=""))
    assert (answer.status, "This field is required." in answer.words) == (200, True)
    assert rows("SELECT plan FROM organizations WHERE slug = 'acme'") == [("free",)]


def test_nobodys_own_data_shows(acme: Cast, globex: Cast, otto: Browser) -> None:
    for path in (
        "/admin/",
        ORGANIZATIONS,
        of(acme) + "change/",
        DOMAINS,
        JOBS,
        "/admin/accounts/user/",
        "/admin/audit/logentry/",
        "/admin/quotas/quota/",
        "/admin/quotas/pastusage/",
        "/admin/quotas/heavyuse/",
    ):
        page = otto.get(path)
        assert (page.status, "alice@" in page.text, "gina@" in page.text) == (200, False, False)
    assert otto.get("/admin/accounts/session/").status == 404


def test_lists_are_searched_and_filtered(acme: Cast, globex: Cast, otto: Browser) -> None:
    for path in (ORGANIZATIONS + "?q=globex", ORGANIZATIONS + "?q=globex.localhost", DOMAINS + "?q=globex"):
        page = otto.get(path)
        assert ("Globex" in page.words, "Acme" in page.words) == (True, False)
    assert "Acme" not in otto.get(ORGANIZATIONS + "?status__exact=suspended").words


def test_jobs_are_shown_and_can_t_be_touched(acme: Cast, otto: Browser) -> None:
    browser_of(acme, "alice").post("/admin/accounts/invitation/add/", email="c@acme.example", role="user")
    listed = otto.get(JOBS)
    assert "accounts.send_invitation todo" in listed.words
    assert str(acme.organization.id) in listed.words
    ((job,),) = rows("SELECT id FROM procrastinate_jobs")
    shown = otto.get(f"{JOBS}{job}/change/")
    assert (shown.status, "organization_id" in shown.words) == (200, True)
    assert otto.post(f"{JOBS}{job}/change/", status="failed").status == 403
    assert otto.post(f"{JOBS}{job}/delete/", post="yes").status == 403
    assert "accounts.send_invitation" in otto.get(JOBS + f"?q={acme.organization.id}").words


def test_what_is_only_to_read_is_not_written(acme: Cast, otto: Browser) -> None:
    for path in (DOMAINS + "add/", "/admin/accounts/user/add/", "/admin/audit/logentry/add/", of(acme) + "delete/"):
        assert otto.post(path, post="yes").status == 403


def test_people_do_not_come_into_the_console_nor_operators_into_a_dashboard(acme: Cast, otto: Browser) -> None:
    refusal = "The address or the password is wrong."
    assert refusal in Browser().log_in("alice@acme.example").words
    assert refusal in Browser(acme.host).log_in(OTTO).words
    moved = Browser()
    moved.client.cookies["workix"] = browser_of(acme, "alice").cookie()
    assert moved.get("/admin/").goes_to == "/admin/login/?next=/admin/"
    moved = Browser(acme.host)
    moved.client.cookies["workix"] = otto.cookie()
    assert moved.get("/admin/").goes_to == "/admin/login/?next=/admin/"


def test_a_token_of_an_organization_opens_no_console(acme: Cast, alice: Api) -> None:
    """On the platform host it leads into the organization's scope, where no session is known."""
    headers = {"Authorization": f"Bearer {alice.access}"}
    assert Browser().get("/admin/tenants/organization/", **headers).status in (302, 404)
    assert Browser().get("/admin/", **headers).goes_to == "/admin/login/?next=/admin/"


def test_an_operator_who_was_let_go_is_out_at_the_next_click(otto: Browser) -> None:
    assert otto.get("/admin/").status == 200
    rows("UPDATE users SET is_active = false")
    assert otto.get("/admin/").status == 302


def test_an_organization_that_is_not_there_is_not_found(otto: Browser) -> None:
    nobody = f"{ORGANIZATIONS}01a00000-0000-7000-8000-000000000000/"
    page = otto.get(nobody + "suspend/")
    assert (page.status, page.headers["Content-Type"].partition(";")[0]) == (404, "text/html")
    assert otto.get(nobody + "change/").goes_to == "/admin/"
    assert otto.get(ORGANIZATIONS + "garbage/change/").goes_to == "/admin/"
