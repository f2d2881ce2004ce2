"""Races of SCIM: two who add one person, a deactivation against a log-in, two who take the last admin away."""

from __future__ import annotations

from tests.acts import at_once, rows
from tests.cast import PASSWORD, Api, Cast
from tests.integration.accounts.scim.provider import carol, fault, person, provider, replace
from tests.races import second

LOG_IN = {"email": "bob@acme.example", "password": PASSWORD, "organization": "acme"}


def test_one_of_two_who_add_the_same_person_at_once_does(acme: Cast) -> None:
    okta = provider(acme)
    answers = at_once(lambda _: okta.post("scim/v2/Users", carol()), 4)
    assert sorted(answer.status for answer in answers) == [201, 409, 409, 409]
    assert {fault(answer) for answer in answers if answer.status != 201} == {(409, "uniqueness")}
    assert rows("SELECT count(*) FROM users WHERE email = 'carol@acme.example'", acme) == [(1,)]
    asked = "SELECT used FROM public.quotas WHERE resource = 'users' AND organization_id = %(id)s"
    assert rows(asked, id=acme.organization.id) == [(4,)]


def test_who_adds_somebody_whom_another_is_adding_waits_and_is_told(acme: Cast) -> None:
    okta = provider(acme)
    added = (
        "INSERT INTO users (id, organization_id, email, password_hash, first_name, last_name, role, is_active, created_at,"
        " updated_at) VALUES (gen_random_uuid(), %(id)s, 'carol@acme.example', '!', '', '', 'viewer', true, now(), now())"
    )
    come = lambda: okta.post("scim/v2/Users", carol())  # noqa: E731  # the one who comes second
    assert fault(second(come, after=added, of=acme, id=acme.organization.id)) == (409, "uniqueness")


def test_a_log_in_that_meets_a_deactivation_opens_nothing(acme: Cast) -> None:
    off = "UPDATE users SET is_active = false, updated_at = now() WHERE email = 'bob@acme.example'"
    assert second(lambda: Api().post("auth/login/", LOG_IN), after=off, of=acme).status == 401
    assert rows("SELECT count(*) FROM sessions WHERE ended_at IS NULL", acme) == [(0,)]


def test_a_deactivation_that_meets_a_log_in_ends_it(acme: Cast) -> None:
    okta, where = provider(acme), f"scim/v2/Users/{person(acme, 'bob')}"

    def act(number: int) -> int:
        return (
            okta.patch(where, replace("active", False)).status if number else Api().post("auth/login/", LOG_IN).status
        )

    login, deactivation = at_once(act, 2)
    assert (login in (200, 401), deactivation) == (True, 200)
    assert rows("SELECT count(*) FROM sessions WHERE ended_at IS NULL", acme) == [(0,)]


def test_two_admins_are_not_both_deactivated_at_once(acme: Cast, alice: Api) -> None:
    alice.patch(f"users/{person(acme, 'bob')}/", {"role": "admin"})
    okta, admins = provider(acme), [person(acme, "alice"), person(acme, "bob")]
    answers = at_once(lambda n: okta.patch(f"scim/v2/Users/{admins[n]}", replace("active", False)).status, 2)
    assert sorted(answers) == [200, 409]


def test_a_version_is_compared_with_what_the_one_before_left(acme: Cast) -> None:
    """Both have read the same version; who comes second waits, and is told that it is another one by then."""
    okta, where = provider(acme), f"scim/v2/Users/{person(acme, 'bob')}"
    version = okta.get(where).headers["ETag"]
    first = "UPDATE users SET last_name = 'Brown', updated_at = now() WHERE email = 'bob@acme.example'"
    late = second(lambda: okta.patch(where, replace("externalId", "2"), If_Match=version), after=first, of=acme)
    assert fault(late) == (412, "")
