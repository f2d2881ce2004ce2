"""Filters over people (RFC 7644, section 3.4.2.2): operators, logic, cases, and a closed list of attributes."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from psycopg import sql

from tests.acts import rows
from tests.cast import Api, Cast
from tests.database import superuser
from tests.integration.accounts.scim.provider import USER, fault, found, person, provider


@pytest.fixture
def okta(acme: Cast) -> Api:
    """Alice Archer is known as A1, Bob Brown as b2; Vera, who is inactive, as nobody."""
    for name, more in (
        ("alice", "last_name = 'Archer', external_id = 'A1'"),
        ("bob", "last_name = 'Brown', external_id = 'b2'"),
        ("vera", "is_active = false"),
    ):
        rows(f"UPDATE users SET {more} WHERE email = '{name}@acme.example'", acme)  # noqa: S608  # ours
    return provider(acme)


def ask(okta: Api, wanted: str) -> list[str]:
    return found(okta.get(f"scim/v2/Users?sortBy=userName&filter={quote(wanted)}"))


MANY = """
    INSERT INTO users (id, created_at, updated_at, email, password_hash, first_name, last_name, role, is_active, external_id)
    SELECT gen_random_uuid(), now(), now(), n || '@acme.example', '', '', '', 'viewer', true, 'x' || n
      FROM generate_series(1, 3000) AS n"""
EVERYBODY = ["alice", "bob", "vera"]


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ('userName eq "bob@acme.example"', ["bob"]),
        ('userName Eq "BOB@Acme.Example"', ["bob"]),
        ('USERNAME eq "bob@acme.example"', ["bob"]),
        (f'{USER}:userName eq "bob@acme.example"', ["bob"]),
        ('userName ne "bob@acme.example"', ["alice", "vera"]),
        ('userName co "ACME"', EVERYBODY),
        ('userName sw "b"', ["bob"]),
        ('userName ew ".EXAMPLE"', EVERYBODY),
        ('userName gt "alice@acme.example"', ["bob", "vera"]),
        ('userName ge "bob@acme.example"', ["bob", "vera"]),
        ('userName lt "bob@acme.example"', ["alice"]),
        ('userName le "BOB@acme.example"', ["alice", "bob"]),
        ("userName pr", EVERYBODY),
        ('externalId eq "A1"', ["alice"]),
        ('externalId eq "a1"', []),
        ("externalId pr", ["alice", "bob"]),
        ("not (externalId pr)", ["vera"]),
        ("externalId eq null", ["vera"]),
        ("externalId ne null", ["alice", "bob"]),
        ('externalId gt "A1"', ["bob"]),
        ("active eq true", ["alice", "bob"]),
        ("active eq True", ["alice", "bob"]),
        ('active eq "False"', ["vera"]),
        ("active ne true", ["vera"]),
        ("active pr", EVERYBODY),
        ('name.familyName eq "brown"', ["bob"]),
        ('name.givenName sw "A" and name.familyName pr', ["alice"]),
        ('name[familyName eq "Brown"]', ["bob"]),
        ('emails eq "bob@acme.example"', ["bob"]),
        ('emails.value co "bob"', ["bob"]),
        ('emails[type eq "work" and value eq "bob@acme.example"]', ["bob"]),
        ('emails[type eq "home" and value eq "bob@acme.example"]', []),
        ("emails[primary eq true]", EVERYBODY),
        ('groups.value eq "user"', ["bob"]),
        ('groups[value eq "admin" or value eq "viewer"]', ["alice", "vera"]),
        ('meta.resourceType eq "User"', EVERYBODY),
        ('meta.created gt "2020-01-01T00:00:00Z"', EVERYBODY),
        ('meta.lastModified lt "2020-01-01T00:00:00"', []),
        ('not (meta.created eq "2020-01-01T00:00:00Z")', EVERYBODY),
        ('userName sw "a" or userName sw "b" and active eq false', ["alice"]),
        ('(userName sw "a" or userName sw "v") and active eq false', ["vera"]),
        ('NOT (userName sw "a") AND NOT (userName sw "b")', ["vera"]),
        ('id eq "not an id"', []),
        ('id ne "not an id"', EVERYBODY),
        ('userName eq "a\\"b\\\\c"', []),
        ('userName co "%"', []),
        ('userName co "_"', []),
        ('userName eq "\' OR 1=1; --"', []),
    ],
)
def test_a_filter_finds(okta: Api, wanted: str, names: list[str]) -> None:
    assert ask(okta, wanted) == names


def test_somebody_is_found_by_id(okta: Api, acme: Cast) -> None:
    assert ask(okta, f'id eq "{person(acme, "bob")}"') == ["bob"]
    assert ask(okta, f'id eq "{person(acme, "bob").upper()}"') == ["bob"]


@pytest.mark.parametrize(
    "wanted",
    [
        "userName",
        "userName eq",
        'eq "x"',
        'userName is "x"',
        "userName eq x",
        'userName eq "x" and',
        'userName eq "x" userName eq "y"',
        '(userName eq "x"',
        'userName eq "x")',
        'not userName eq "x"',
        'emails[type eq "work"',
        'emails[type[value eq "x"]]',
        'userName eq "\\u0000"',
        'userName eq "\\ud800"',
        'userName eq "x\u0000"',
        'userName eq "open',
        "userName eq 1",
        "userName co null",
        "active gt true",
        'active eq "perhaps"',
        'meta.created eq "yesterday"',
        'meta.created gt "9999-99-99T00:00:00Z"',
        'meta.created co "2020"',
        'id co "0"',
        'emails.type gt "a"',
        'password eq "x"',
        'password_hash sw "a"',
        'email__startswith eq "a"',
        "sessions.id pr",
        'urn:other:userName eq "x"',
        "()",
        "[]",
        "; DROP TABLE users",
        "userName eq {}",
        "💥 pr",
        " ",
    ],
)
def test_what_is_no_filter_is_refused(okta: Api, wanted: str) -> None:
    assert fault(okta.get(f"scim/v2/Users?filter={quote(wanted)}")) == (400, "invalidFilter")


@pytest.mark.parametrize(
    "wanted",
    [
        "(" * 100 + "userName pr" + ")" * 100,
        "not (" * 100 + "userName pr" + ")" * 100,
        " and ".join(["userName pr"] * 100),
        " or ".join(["userName pr"] * 100),
        'userName eq "' + "x" * 10_000 + '"',
        "(" * 10_000,
    ],
    ids=["parentheses", "negations", "and", "or", "a long text", "nothing but parentheses"],
)
def test_a_filter_is_bounded_in_depth_and_length(okta: Api, wanted: str) -> None:
    body = {"schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"], "filter": wanted}
    assert fault(okta.post("scim/v2/Users/.search", body)) == (400, "invalidFilter")


@pytest.mark.parametrize(
    ("index", "where"),
    [("user_once_per_address", "email = 'bob@acme.example'"), ("user_by_external_id", "external_id = 'b2'")],
)
def test_the_questions_of_every_provider_are_served_by_an_index(acme: Cast, index: str, where: str) -> None:
    with superuser() as behind:
        behind.execute(sql.SQL("SET search_path = {}").format(sql.Identifier(acme.organization.schema_name)))
        behind.execute("BEGIN")
        behind.execute(
            "SET LOCAL session_replication_role = replica"
        )  # no triggers: these rows are for their number only
        behind.execute(MANY)
        behind.execute("ANALYZE users")
        asked = f"EXPLAIN SELECT id FROM users WHERE deleted_at IS NULL AND {where}"
        plan = str(behind.execute(asked).fetchall())  # type: ignore[arg-type]  # ours
        behind.execute("ROLLBACK")
    assert index in plan
