"""GET /me/organizations/ and POST /auth/switch/: one person in several organizations, and everybody who is not that person."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from accounts.credentials import hash_anew, set_password
from accounts.login.password_change import reset
from accounts.models import Purpose, User
from accounts.passwords import hash_password
from accounts.tokens import email_tokens
from tenants.models import Status
from tenants.resolution import forget_all
from tenants.scope import use_tenant
from tests.acts import at_once, join, rows, set_status, statements_of
from tests.cast import PASSWORD, Answer, Api, Cast
from workix.core.permissions import Role

DANA = "dana@example.com"
OWN = "her very own horse battery"
ACT = {"organization": "globex"}
NOT_THERE = (404, "not_found")


def allow(*casts: Cast, wanted: bool = True) -> None:
    for cast in casts:
        slug = cast.organization.slug
        rows("UPDATE organizations SET allows_switching = %(wanted)s WHERE slug = %(slug)s", wanted=wanted, slug=slug)
    forget_all()


def set_by_link(cast: Cast, email: str = DANA, password: str = OWN) -> None:
    """Set a password through a link, as the owner of the mailbox does."""
    with use_tenant(cast.organization):
        user = User.objects.get(email=email)
        lifetime = timezone.timedelta(hours=1)
        token = email_tokens.make(user, Purpose.RESET_PASSWORD, now=timezone.now(), lifetime=lifetime)
    reset(token=token, password=password, now=timezone.now())


def log_in(cast: Cast, password: str = OWN, email: str = DANA, **more: Any) -> Answer:
    login = {"email": email, "password": password, "organization": cast.organization.slug}
    return Api().post("auth/login/", login | more)


def enter(cast: Cast, password: str = OWN, email: str = DANA) -> Api:
    return Api(log_in(cast, password, email).body["access"])


def outcome(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.body.get("code", "")


@pytest.fixture
def dana(acme: Cast, globex: Cast) -> Api:
    """Be Dana: admin at Acme with a password of her own, a viewer at Globex; both organizations allow switching."""
    join(acme, DANA, Role.ADMIN)
    join(globex, DANA, Role.VIEWER)
    allow(acme, globex)
    set_by_link(acme)
    return enter(acme)


def test_dana_goes_on_in_her_other_organization(acme: Cast, globex: Cast, dana: Api) -> None:
    listed = dana.get("me/organizations/")
    other = {"id": str(globex.organization.id), "slug": "globex", "name": "Globex"}
    assert (listed.status, listed.body) == (200, {"count": 1, "next": None, "previous": None, "results": [other]})
    switched = dana.post("auth/switch/", ACT)
    assert (switched.status, switched.body["organization"], switched.body["device"]) == (200, other, None)
    there = Api(switched.body["access"])
    assert (there.get("me/").body["email"], there.get("me/").body["role"]) == (DANA, "viewer")
    assert (there.get("audit-logs/").status, dana.get("audit-logs/").status) == (403, 200), "as who she is there"
    renewed = Api().post("auth/refresh/", {"refresh": switched.body["refresh"]})
    assert renewed.body["organization"] == other
    assert there.post("auth/switch/", {"organization": "acme"}).body["user"]["role"] == "admin"


def test_both_trails_tell_of_it_and_the_one_left_not_where_to(acme: Cast, globex: Cast, dana: Api) -> None:
    dana.post("auth/switch/", ACT)
    asked = "SELECT actor_label, resource_type, changes FROM audit_logs WHERE action = 'session.switched'"
    assert rows(asked, acme) == [(DANA, "session", {})]
    assert rows(asked, globex) == [(DANA, "session", {"from": "acme"})]
    assert rows(
        "SELECT count(*) FROM audit_logs WHERE action = 'session.started' AND actor_label = 'dana@example.com'", globex
    ) == [(1,)]
    sessions = Api(log_in(globex, PASSWORD).body["access"]).get("me/sessions/").body["results"]
    assert len(sessions) == 2, "recorded there as any other"


def test_in_cookie_mode_the_cookie_is_replaced_and_the_session_ends(acme: Cast, dana: Api) -> None:
    here = Api(log_in(acme, cookie=True).body["access"])
    switched = here.post("auth/switch/", ACT)
    assert (switched.body["refresh"], here.get("me/").body["code"]) == (None, "session_revoked")
    cookie = switched.cookies["workix-refresh"].value
    renewed = Api().post("auth/refresh/", {}, Cookie=f"workix-refresh={cookie}", X_CSRF_Token="1")
    assert (renewed.status, renewed.body["organization"]["slug"]) == (200, "globex")
    assert dana.get("me/").status == 200, "her other session goes on"


@pytest.mark.parametrize(("at_acme", "at_globex"), [(False, True), (True, False), (False, False)])
def test_nobody_switches_where_one_of_the_two_does_not_allow_it(
    acme: Cast, globex: Cast, dana: Api, at_acme: bool, at_globex: bool
) -> None:
    allow(acme, wanted=at_acme)
    allow(globex, wanted=at_globex)
    assert (dana.get("me/organizations/").body["results"], outcome(dana.post("auth/switch/", ACT))) == ([], NOT_THERE)


def test_an_organization_allows_it_only_if_it_said_so(acme: Cast, globex: Cast) -> None:
    assert rows("SELECT DISTINCT allows_switching FROM organizations") == [(False,)]


@pytest.mark.parametrize(
    "ending",
    [
        "UPDATE users SET is_active = false WHERE email = 'dana@example.com'",
        "UPDATE users SET deleted_at = now(), is_active = false WHERE email = 'dana@example.com'",
        "UPDATE users SET email_confirmed_at = NULL WHERE email = 'dana@example.com'",
        "UPDATE users SET email = 'other@example.com' WHERE email = 'dana@example.com'",
    ],
)
def test_who_may_not_log_in_there_does_not_get_there_so(globex: Cast, dana: Api, ending: str) -> None:
    rows(ending, globex)
    assert outcome(dana.post("auth/switch/", ACT)) == NOT_THERE
    assert rows(
        "SELECT count(*) FROM sessions WHERE user_id IN (SELECT id FROM users WHERE email LIKE '%%example.com')", globex
    ) == [(0,)]


@pytest.mark.parametrize("status", [Status.SUSPENDED, Status.PENDING])
@pytest.mark.parametrize("forget", [True, False])
def test_an_organization_that_is_not_open_is_not_there(globex: Cast, dana: Api, status: Status, forget: bool) -> None:
    dana.get("me/organizations/")
    set_status(globex, status, forget=forget)
    assert outcome(dana.post("auth/switch/", ACT)) == NOT_THERE
    assert dana.get("me/organizations/").body["results"] == []


def test_an_organization_that_lets_nobody_in_from_here_lets_nobody_switch_to_it(globex: Cast, dana: Api) -> None:
    rows("UPDATE organizations SET allowed_networks = '203.0.113.0/24' WHERE slug = 'globex'")
    forget_all()
    assert outcome(dana.post("auth/switch/", ACT)) == (403, "network_not_allowed")
    assert rows("SELECT count(*) FROM audit_logs WHERE action = 'session.switched'", globex) == [(0,)]


@pytest.mark.parametrize("slug", ["acme", "nobody", "GLOBEX", "glo bex", "globex.", "../globex", "x" * 63, "null"])
def test_a_name_of_nobody_or_of_ones_own_is_not_there(dana: Api, slug: str) -> None:
    assert dana.post("auth/switch/", {"organization": slug}).status in (400, 404)


@pytest.mark.parametrize("body", [{}, [], {"organization": None}, {"organization": ["globex"]}, {**ACT, "user": "x"}])
def test_what_is_no_name_is_refused(dana: Api, body: Any) -> None:
    assert dana.post("auth/switch/", body).status == 400


def test_an_admin_who_chose_the_password_gets_nowhere_although_the_owner_followed_the_link(
    acme: Cast, globex: Cast
) -> None:
    """Mallory's own Globex has Dana's address, with a password of Mallory's; Dana confirmed it, as any link in a mail."""
    join(acme, DANA, Role.ADMIN)
    join(globex, DANA, Role.USER, password=PASSWORD)
    allow(acme, globex)
    mallory = enter(globex, PASSWORD)
    assert mallory.get("me/").body["email"] == DANA
    assert mallory.get("me/organizations/").body["results"] == [], "nor learns where else she is"
    assert outcome(mallory.post("auth/switch/", {"organization": "acme"})) == (403, "mailbox_not_proven")
    changed = mallory.post("me/password/", {"current_password": PASSWORD, "password": "mallorys very own horse"})
    assert changed.status == 204
    mallory = enter(globex, "mallorys very own horse")
    assert outcome(mallory.post("auth/switch/", {"organization": "acme"})) == (403, "mailbox_not_proven")


def test_who_signed_up_with_somebodys_address_gets_nowhere(acme: Cast, globex: Cast) -> None:
    join(acme, "gina@globex.example", Role.ADMIN)
    allow(acme, globex)
    gina = enter(globex, PASSWORD, "gina@globex.example")
    assert outcome(gina.post("auth/switch/", {"organization": "acme"})) == (403, "mailbox_not_proven")
    set_by_link(globex, "gina@globex.example")
    assert outcome(enter(globex, OWN, "gina@globex.example").post("auth/switch/", {"organization": "acme"})) == (
        200,
        "",
    )


def test_a_password_that_its_owner_changes_stays_their_own(acme: Cast, dana: Api) -> None:
    dana.post("me/password/", {"current_password": OWN, "password": "yet another horse battery"})
    assert outcome(enter(acme, "yet another horse battery").post("auth/switch/", ACT)) == (200, "")


def test_a_password_that_somebody_else_sets_is_not(acme: Cast, dana: Api) -> None:
    with use_tenant(acme.organization):
        set_password(User.objects.get(email=DANA), hash_password(PASSWORD), now=timezone.now())
    assert outcome(enter(acme, PASSWORD).post("auth/switch/", ACT)) == (403, "mailbox_not_proven")


def test_a_password_that_is_hashed_anew_stays_its_owners(acme: Cast, dana: Api) -> None:
    with use_tenant(acme.organization):
        user = User.objects.get(email=DANA)
        before = user.password
        hash_anew(user, OWN, now=timezone.now())
        assert User.objects.get(email=DANA).password != before
    assert outcome(enter(acme).post("auth/switch/", ACT)) == (200, "")


HERS = f"(SELECT id FROM users WHERE email = '{DANA}')"
INJECTED = {
    "moves a session to her": f"UPDATE sessions SET user_id = {HERS} WHERE id = %(session)s",
    "gives a session her proof": (
        f"UPDATE sessions SET user_id = {HERS}, mailbox_proof = (SELECT mailbox_proof FROM sessions WHERE user_id = {HERS})"
        " WHERE id = %(session)s"
    ),
    "takes her address": (
        f"WITH gone AS (UPDATE users SET email = 'gone@example.com', deleted_at = now() WHERE email = '{DANA}' RETURNING"
        " set_config('workix.kept_session', 'all', true))"
        f" UPDATE users SET email = '{DANA}' FROM gone WHERE users.email = 'bob@acme.example'"
    ),
}


@pytest.mark.isolation
@pytest.mark.parametrize("how", INJECTED)
def test_an_injected_statement_in_one_organization_opens_nothing_of_another(acme: Cast, dana: Api, how: str) -> None:
    """Bob, who set his password by a link, has found one at Acme. Whatever it writes, it can't write a MAC."""
    set_by_link(acme, "bob@acme.example")
    pair = log_in(acme, OWN, "bob@acme.example").body
    bob = Api(pair["access"])
    ((session,),) = rows(
        "SELECT s.id FROM sessions AS s JOIN users AS u ON u.id = user_id WHERE email LIKE 'bob@%%'", acme
    )
    assert bob.get("me/").status == 200
    rows(INJECTED[how], acme, session=session)
    now_he_is = Api(Api().post("auth/refresh/", {"refresh": pair["refresh"]}).body["access"])
    assert now_he_is.get("me/").body["email"] == DANA, "so far it leads"
    assert now_he_is.get("me/organizations/").body["results"] == []
    assert outcome(now_he_is.post("auth/switch/", ACT)) == (403, "mailbox_not_proven")


@pytest.mark.isolation
def test_an_injected_password_or_address_is_nobodys_own(acme: Cast, dana: Api) -> None:
    """Her password is replaced by Bob's, proof and all; and Bob's link is followed once his address is hers."""
    set_by_link(acme, "bob@acme.example", PASSWORD)
    copied = "SELECT password_hash, mailbox_proof FROM users WHERE email = 'bob@acme.example'"
    rows(f"UPDATE users SET (password_hash, mailbox_proof) = ({copied}) WHERE email = '{DANA}'", acme)
    as_dana = enter(acme, PASSWORD)
    assert outcome(as_dana.post("auth/switch/", ACT)) == (403, "mailbox_not_proven")

    with use_tenant(acme.organization):
        bob = User.objects.get(email="bob@acme.example")
        lifetime = timezone.timedelta(hours=1)
        token = email_tokens.make(bob, Purpose.RESET_PASSWORD, now=timezone.now(), lifetime=lifetime)
    rows(INJECTED["takes her address"], acme)
    rows("UPDATE email_tokens SET used_at = NULL", acme)
    reset(token=token, password=OWN, now=timezone.now())
    as_bob = enter(acme, OWN)
    assert as_bob.get("me/").body["id"] == str(bob.id), "so far it leads"
    assert outcome(as_bob.post("auth/switch/", ACT)) == (403, "mailbox_not_proven")


def test_what_stands_in_place_of_a_proof_is_none_and_breaks_nothing(acme: Cast, dana: Api) -> None:
    for written in ("", "ü", "0" * 64):
        rows("UPDATE sessions SET mailbox_proof = %(written)s", acme, written=written)
        assert outcome(dana.post("auth/switch/", ACT)) == (403, "mailbox_not_proven")


def test_a_dashboards_session_has_no_tokens_to_switch_with(acme: Cast, dana: Api) -> None:
    rows("UPDATE sessions SET in_cookie = NULL", acme)
    assert (dana.get("me/organizations/").body["results"], outcome(dana.post("auth/switch/", ACT))) == ([], NOT_THERE)


def test_20_switches_at_once_are_20_sessions_and_no_other_person(globex: Cast, dana: Api) -> None:
    answers = at_once(lambda _: dana.post("auth/switch/", ACT), 20)
    assert {(each.status, each.body["user"]["email"]) for each in answers} == {(200, DANA)}
    assert rows("SELECT count(*), count(DISTINCT user_id) FROM sessions", globex) == [(20, 1)]


def test_an_hour_has_sixty_switches_of_one_person(dana: Api) -> None:
    first = dana.post("auth/switch/", ACT)
    assert (first.headers["RateLimit-Policy"], first.headers["RateLimit"]) == (
        '"switches";q=60;w=3600',
        '"switches";r=59;t=3600',
    )
    rows("UPDATE attempts SET count = 60 WHERE name = 'switches'")
    beyond = dana.post("auth/switch/", ACT)
    assert (outcome(beyond), "Retry-After" in beyond.headers) == ((429, "rate_limited"), True)


@pytest.mark.parametrize("organizations", [1, 3])
def test_the_list_takes_three_statements_however_many_there_are(dana: Api, organizations: int) -> None:
    for number in range(organizations - 1):
        rows(
            "WITH made AS (INSERT INTO organizations (id, created_at, updated_at, name, slug, plan, status, max_users,"
            " max_pipelines, max_executions_per_month, schema_name, credential_version, allows_switching)"
            " SELECT gen_random_uuid(), now(), now(), 'X', 'x-' || %(number)s, plan, status, max_users, max_pipelines,"
            " max_executions_per_month, 'org_x' || %(number)s, 1, true FROM organizations WHERE slug = 'globex' RETURNING id)"
            " INSERT INTO email_index (id, address_hash, organization_id) SELECT gen_random_uuid(), address_hash, made.id"
            " FROM made, email_index AS i JOIN organizations AS o ON o.id = i.organization_id WHERE o.slug = 'globex'"
            " AND i.address_hash IN (SELECT address_hash FROM email_index GROUP BY 1 HAVING count(*) > 1)",
            number=str(number),
        )
    assert len(dana.get("me/organizations/").body["results"]) == organizations
    assert len(statements_of(lambda: dana.get("me/organizations/"))) == 3


def test_a_switch_takes_the_same_statements_each_time(dana: Api) -> None:
    dana.post("auth/switch/", ACT)
    assert [len(statements_of(lambda: dana.post("auth/switch/", ACT))) for _ in range(2)] == [11, 11]
