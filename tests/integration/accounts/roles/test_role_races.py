"""Races about own roles, with the window held open (pg_blocking_pids): widened, taken, removed or one too many meanwhile."""

from __future__ import annotations

import pytest

from accounts.roles.composition import MOST_ROLES
from accounts.roles.membership import MOST_FOR_A_PERSON
from tests.acts import at_once, rows, set_limit
from tests.cast import Api, Cast
from tests.integration.accounts.roles.composed import NOT_YOURS, compose, give, told, with_role
from tests.races import second

DEPUTY = ("users:write", "roles:read", "roles:write")
WIDENED = "UPDATE roles SET permissions = 'audit:read users:write' WHERE name = 'Small'"


@pytest.fixture
def vera(acme: Cast, alice: Api) -> Api:
    return with_role(acme, alice, "vera", *DEPUTY)[0]


@pytest.fixture
def small(alice: Api, vera: Api) -> str:
    return compose(alice, "users:write", name="Small")


def test_who_takes_a_role_that_is_widened_meanwhile_waits_and_gets_nothing(acme: Cast, vera: Api, small: str) -> None:
    """Read before it was widened, written after it: Vera would have more than anybody gave her."""
    answer = second(lambda: give(vera, small, acme.people["vera"].id), after=WIDENED, of=acme)
    assert (told(answer), rows("SELECT count(*) FROM role_members", acme)) == (NOT_YOURS, [(1,)])


@pytest.mark.parametrize("way", ["rename", "delete"])
def test_who_changes_a_role_that_is_widened_meanwhile_waits_and_does_not(
    acme: Cast, vera: Api, small: str, way: str
) -> None:
    acts = {
        "rename": lambda: vera.patch(f"roles/{small}/", {"name": "Hers"}),
        "delete": lambda: vera.delete(f"roles/{small}/"),
    }
    assert told(second(acts[way], after=WIDENED, of=acme)) == NOT_YOURS
    assert rows("SELECT permissions FROM roles WHERE name = 'Small'", acme) == [("audit:read users:write",)]


def test_who_acts_by_a_role_that_is_narrowed_meanwhile_waits_and_does_not(acme: Cast, vera: Api, small: str) -> None:
    narrowed = "UPDATE roles SET permissions = 'roles:write' WHERE name = 'Deputies'"
    assert told(second(lambda: give(vera, small, acme.people["bob"].id), after=narrowed, of=acme)) == NOT_YOURS


@pytest.mark.parametrize("way", ["compose", "give", "change a person", "add a person"])
def test_who_acts_while_their_role_is_taken_waits_and_does_not(acme: Cast, vera: Api, small: str, way: str) -> None:
    set_limit(acme, "users", 9)
    bob = acme.people["bob"].id
    friend = {"email": "friend@acme.example", "password": "correct horse battery staple", "role": "viewer"}
    acts = {
        "compose": lambda: vera.post("roles/", {"name": "Hers", "permissions": ["users:write"]}),
        "give": lambda: give(vera, small, bob),
        "change a person": lambda: vera.patch(f"users/{bob}/", {"role": "viewer"}),
        "add a person": lambda: vera.post("users/", friend),
    }
    # As take() does: the person first, then what they have.
    taken = (
        "WITH locked AS (SELECT id FROM users WHERE email = 'vera@acme.example' FOR UPDATE)"
        " DELETE FROM role_members WHERE user_id IN (SELECT id FROM locked)"
    )
    assert told(second(acts[way], after=taken, of=acme)) == NOT_YOURS


def test_who_gives_a_role_to_somebody_who_is_removed_meanwhile_gives_it_to_nobody(
    acme: Cast, alice: Api, vera: Api, small: str
) -> None:
    removed = "UPDATE users SET deleted_at = now(), is_active = false WHERE email = 'bob@acme.example'"
    answer = second(lambda: give(alice, small, acme.people["bob"].id), after=removed, of=acme)
    assert (answer.status, rows("SELECT count(*) FROM role_members", acme)) == (400, [(1,)])


def test_who_comes_back_while_a_role_is_given_has_none_that_was_not_given_to_them(
    acme: Cast, alice: Api, small: str
) -> None:
    bob = acme.people["bob"]
    alice.delete(f"users/{bob.id}/")
    assert give(alice, small, bob.id).status == 400


def test_the_last_place_of_roles_is_taken_once(acme: Cast, alice: Api) -> None:
    rows(
        "INSERT INTO roles (id, created_at, updated_at, name, description, permissions)"
        " SELECT gen_random_uuid(), now(), now(), 'Role ' || n, '', 'audit:read' FROM generate_series(1, %(most)s) AS n",
        acme,
        most=MOST_ROLES - 1,
    )
    made = at_once(lambda n: alice.post("roles/", {"name": f"Last {n}", "permissions": ["audit:read"]}).status, 4)
    assert sorted(made) == [201, 409, 409, 409]


def test_the_last_place_of_a_person_is_taken_once(acme: Cast, alice: Api) -> None:
    roles = [compose(alice, "audit:read", name=f"Role {n}") for n in range(MOST_FOR_A_PERSON + 3)]
    bob = acme.people["bob"].id
    for role in roles[4:]:
        give(alice, role, bob)
    given = at_once(lambda n: give(alice, roles[n], bob).status, 4)
    assert sorted(given) == [201, 409, 409, 409]


def test_one_name_is_taken_once(alice: Api) -> None:
    made = at_once(lambda n: alice.post("roles/", {"name": "Same", "permissions": ["audit:read"]}).status, 4)
    assert sorted(made) == [201, 400, 400, 400]


def test_two_who_give_and_take_and_change_at_once_wait_for_each_other_in_one_order(
    acme: Cast, alice: Api, vera: Api, small: str
) -> None:
    """A deadlock would be an answer of 500 or 503."""
    bob = acme.people["bob"].id
    acts = [
        lambda: give(alice, small, bob),
        lambda: vera.patch(f"roles/{small}/", {"description": "Again"}),
        lambda: vera.post("roles/", {"name": "Other", "permissions": ["users:write"]}),
        lambda: alice.patch(f"users/{bob}/", {"role": "viewer"}),
        lambda: alice.delete(f"roles/{small}/members/{bob}/"),
        lambda: give(vera, small, acme.people["vera"].id),
    ]
    answers = at_once(lambda n: acts[n]().status, len(acts))
    assert set(answers) <= {200, 201, 204, 404, 409}
