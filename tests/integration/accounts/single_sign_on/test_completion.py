"""Sign-ons from beginning to end: who comes in, as whom, with which session, and what the trail says of it."""

from __future__ import annotations

import pytest
from django.utils import timezone

from accounts.invitations.issuing import invite
from accounts.members import change, remove
from accounts.models import ExternalIdentity, IdentityProvider
from tenants.models import Status
from tenants.scope import use_tenant
from tests.acts import at_once, rows, set_status
from tests.browsers import Browser
from tests.cast import Api, Cast
from tests.integration.accounts.single_sign_on.provider import FakeProvider
from tests.integration.accounts.single_sign_on.signing_on import (
    CAROL,
    come_back,
    connect,
    leave,
    person,
    query_of,
    sign_on,
)
from workix.core.current import Current
from workix.core.permissions import Role

ALICE = {"sub": "alice-1", "email": "alice@acme.example", "email_verified": True}
BOB = {"sub": "bob-1", "email": "bob@acme.example", "email_verified": True}


def trail(acme: Cast, action: str) -> list[tuple[object, ...]]:
    return rows(
        "SELECT actor_type, actor_label, changes FROM audit_logs WHERE action = %(action)s ORDER BY created_at",
        acme,
        action=action,
    )


def test_an_admin_signs_on_and_is_in_the_dashboard(
    acme: Cast, browser: Browser, provider: IdentityProvider, fake: FakeProvider
) -> None:
    fake.person = ALICE
    page = sign_on(browser, provider, fake, next="/admin/accounts/user/")
    assert (page.status, page.goes_to) == (302, "/admin/accounts/user/")
    assert browser.get("/admin/").status == 200
    assert trail(acme, "session.signed_on") == [("person", "alice@acme.example", {"provider": "Acme ID"})]
    sent = next(form for path, _, form, _ in fake.asked if path == "/token")
    assert sorted(sent) == ["code", "code_verifier", "grant_type", "redirect_uri"]


def test_whoever_was_never_here_becomes_a_person_with_the_default_role(
    acme: Cast, browser: Browser, provider: IdentityProvider, fake: FakeProvider
) -> None:
    assert sign_on(browser, provider, fake).goes_to == "/api/v1/me/", "a user has no access to the dashboard"
    carol = person(acme, "carol@acme.example")
    assert carol is not None
    assert (carol.first_name, carol.last_name, carol.role) == ("Carol", "Shaw", "user")
    assert (carol.has_usable_password(), carol.email_confirmed_at) == (False, None)
    assert trail(acme, "user.created")[-1][:2] == ("system", "Acme ID")
    assert rows(
        "SELECT used FROM quotas WHERE resource = 'users' AND organization_id = %(id)s", id=acme.organization.id
    ) == [(4,)]


def test_no_index_line_is_written_by_the_word_of_a_provider(
    acme: Cast, browser: Browser, provider: IdentityProvider, fake: FakeProvider
) -> None:
    before = rows("SELECT count(*) FROM email_index")
    sign_on(browser, provider, fake)
    with use_tenant(acme.organization):
        carol = person(acme, "carol@acme.example")
        assert carol is not None
        change(carol.id, now=timezone.now(), is_active=False)
        change(carol.id, now=timezone.now(), is_active=True)
    assert rows("SELECT count(*) FROM email_index") == before


def test_the_subject_decides_whatever_address_comes_with_it(
    acme: Cast, browser: Browser, provider: IdentityProvider, fake: FakeProvider
) -> None:
    sign_on(browser, provider, fake)
    fake.person = {**CAROL, "email": "alice@acme.example"}
    sign_on(Browser(acme.host), provider, fake)
    assert [row[1] for row in trail(acme, "session.signed_on")] == ["carol@acme.example"] * 2


def test_an_address_that_the_provider_gives_to_another_subject_opens_nothing(
    acme: Cast, provider: IdentityProvider, browser: Browser, fake: FakeProvider
) -> None:
    sign_on(browser, provider, fake)
    fake.person = {**CAROL, "sub": "carol-2"}
    assert sign_on(Browser(acme.host), provider, fake).status == 403


@pytest.mark.parametrize(
    "said",
    [
        {"email_verified": False},
        {"email_verified": "true"},
        {"email_verified": 1},
        {"email": "carol@globex.example"},
        {"email": "carol@sub.acme.example"},
        {"email": "carol@globex.example@acme.example.evil.example"},
        {"email": "no address"},
        {"email": ""},
        {"email": ["carol@acme.example"]},
    ],
)
def test_an_address_is_not_believed_that_is_unverified_or_of_another_domain(
    acme: Cast, browser: Browser, provider: IdentityProvider, fake: FakeProvider, said: dict[str, object]
) -> None:
    fake.person = {**CAROL, **said}
    assert sign_on(browser, provider, fake).status == 403
    assert (person(acme, "carol@acme.example"), trail(acme, "session.signed_on")) == (None, [])
    assert len(trail(acme, "sign_on.refused")) == 1


def test_an_authoritative_provider_needs_not_say_that_it_verified(
    acme: Cast, browser: Browser, fake: FakeProvider
) -> None:
    provider = connect(acme, fake, is_authoritative=True)
    fake.person = {"sub": "carol-1", "email": "Carol@ACME.example"}
    sign_on(browser, provider, fake)
    assert person(acme, "carol@acme.example") is not None


def test_where_people_are_invited_only_a_stranger_stays_one(acme: Cast, browser: Browser, fake: FakeProvider) -> None:
    provider = connect(acme, fake, creates_people=False)
    assert sign_on(browser, provider, fake).status == 403
    assert person(acme, "carol@acme.example") is None
    with (
        use_tenant(acme.organization),
        Current.scoped(organization=acme.organization, actor=acme.people["alice"].as_actor()),
    ):
        invite(email="carol@acme.example", role="viewer", now=timezone.now())
    sign_on(Browser(acme.host), provider, fake)
    carol = person(acme, "carol@acme.example")
    assert carol is not None
    assert carol.role == "viewer"
    assert rows("SELECT status FROM invitations", acme) == [("accepted",)]
    assert rows(
        "SELECT used FROM quotas WHERE resource = 'users' AND organization_id = %(id)s", id=acme.organization.id
    ) == [(4,)]


def test_whoever_was_removed_does_not_come_back_by_themself(
    acme: Cast, browser: Browser, provider: IdentityProvider, fake: FakeProvider
) -> None:
    sign_on(browser, provider, fake)
    with use_tenant(acme.organization):
        carol = person(acme, "carol@acme.example")
        assert carol is not None
        remove(carol.id, now=timezone.now())
        assert not ExternalIdentity.objects.exists()
    assert sign_on(Browser(acme.host), provider, fake).status == 403
    assert person(acme, "carol@acme.example") is None


def test_whoever_is_deactivated_does_not_come_in(
    acme: Cast, browser: Browser, provider: IdentityProvider, fake: FakeProvider
) -> None:
    fake.person = BOB
    sign_on(browser, provider, fake)
    with use_tenant(acme.organization):
        change(acme.people["bob"].id, now=timezone.now(), is_active=False)
    assert sign_on(Browser(acme.host), provider, fake).status == 403


def test_at_the_last_seat_nobody_becomes_a_person(
    acme: Cast, browser: Browser, provider: IdentityProvider, fake: FakeProvider
) -> None:
    rows("UPDATE quotas SET \"limit\" = 3 WHERE resource = 'users'")
    assert sign_on(browser, provider, fake).status == 403
    assert person(acme, "carol@acme.example") is None


def test_roles_follow_groups_and_the_last_admin_stays_one(acme: Cast, browser: Browser, fake: FakeProvider) -> None:
    provider = connect(acme, fake, group_roles={"bosses": "admin", "guests": "viewer"}, default_role="viewer")
    fake.person = {**CAROL, "groups": ["guests", "bosses", 7, None]}
    sign_on(browser, provider, fake)
    carol = person(acme, "carol@acme.example")
    assert carol is not None
    assert carol.role == Role.ADMIN
    fake.person = {**CAROL, "groups": "guests"}
    sign_on(Browser(acme.host), provider, fake)
    carol = person(acme, "carol@acme.example")
    assert carol is not None
    assert carol.role == Role.VIEWER
    fake.person = ALICE
    sign_on(Browser(acme.host), provider, fake)
    alice = person(acme, "alice@acme.example")
    assert alice is not None
    assert alice.role == Role.ADMIN


def test_nobody_comes_in_where_the_organization_is_suspended(
    acme: Cast, browser: Browser, provider: IdentityProvider, fake: FakeProvider
) -> None:
    address = leave(browser, provider.id)
    set_status(acme, Status.SUSPENDED, forget=False)
    code = fake.authorize(address)
    assert come_back(browser, provider.id, state=query_of(address)["state"], code=code).status == 403
    assert browser.get(f"/sso/{provider.id}/").status == 403


def test_a_session_by_a_provider_is_listed_ends_and_switches_nowhere(
    acme: Cast, browser: Browser, provider: IdentityProvider, fake: FakeProvider
) -> None:
    rows("UPDATE organizations SET allows_switching = true")
    fake.person = ALICE
    sign_on(browser, provider, fake)
    assert rows("SELECT mailbox_proof, refresh_hash FROM sessions", acme) == [("", "")]
    browser.get("/admin/")
    assert browser.post("/admin/logout/").status == 200
    assert rows("SELECT count(*) FROM sessions WHERE ended_at IS NULL", acme) == [(0,)]


def test_disabling_a_provider_ends_the_sessions_of_its_people_and_its_sign_ons(
    acme: Cast, browser: Browser, provider: IdentityProvider, fake: FakeProvider, alice: Api
) -> None:
    sign_on(browser, provider, fake)
    late = Browser(acme.host)
    address = leave(late, provider.id)
    path = f"identity-providers/{provider.id}/"
    assert alice.patch(path, {"is_enabled": False}).body["is_enabled"] is False
    code = fake.authorize(address)
    assert come_back(late, provider.id, state=query_of(address)["state"], code=code).status == 400
    assert Browser(acme.host).get(f"/sso/{provider.id}/").status == 404
    ended = rows(
        "SELECT count(*) FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.ended_at IS NULL AND u.email LIKE 'carol%%'",
        acme,
    )
    assert ended == [(0,)]


def test_of_two_first_sign_ons_at_once_one_person_comes_of_it(
    acme: Cast, provider: IdentityProvider, fake: FakeProvider
) -> None:
    browsers = [Browser(acme.host) for _ in range(3)]
    addresses = [leave(each, provider.id) for each in browsers]
    codes = [fake.authorize(address, f"code-{number}") for number, address in enumerate(addresses)]

    def come(number: int) -> int:
        state = query_of(addresses[number])["state"]
        return come_back(browsers[number], provider.id, state=state, code=codes[number]).status

    assert at_once(come, 3) == [302, 302, 302]
    assert rows("SELECT count(*) FROM users WHERE email = 'carol@acme.example'", acme) == [(1,)]
    assert rows("SELECT count(*) FROM external_identities", acme) == [(1,)]
