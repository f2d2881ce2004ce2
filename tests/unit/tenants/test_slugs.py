"""Slugs an organization may have, and the names of schemas and roles."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest

from tenants import slugs
from tenants.slugs import RESERVED_SLUGS, check_slug, is_schema_of_an_organization, schema_of
from workix.core.errors import Invalid


@pytest.mark.parametrize("slug", ["acme", "a1b", "007", "a-b", "a--b", "x" * 63, "acme-2-go"])
def test_lower_case_letters_digits_and_inner_hyphens_make_a_slug(slug: str) -> None:
    assert check_slug(slug) == slug


@pytest.mark.requirement("S122")
@pytest.mark.parametrize(
    "slug",
    [
        "",
        "a",
        "ab",
        "x" * 64,
        "Acme",
        "-acme",
        "acme-",
        "---",
        "a_b",
        "a.b",
        "a b",
        "acme\n",
        "äcme",
        "１２３",
        "a\x00b",
    ],
    ids=repr,
)
def test_anything_else_is_no_slug(slug: str) -> None:
    with pytest.raises(Invalid) as caught:
        check_slug(slug)
    assert (caught.value.field, caught.value.problem) == ("slug", "invalid_slug")


@pytest.mark.parametrize("slug", ["www", "api", "admin", "localhost", "xn--mnchen-3ya", "xn--a"])
def test_a_reserved_name_is_refused(slug: str) -> None:
    with pytest.raises(Invalid) as caught:
        check_slug(slug)
    assert (caught.value.field, caught.value.problem) == ("slug", "reserved_slug")


@pytest.mark.fault("E8")
@pytest.mark.parametrize(
    "slug",
    [
        *("wpad", "autodiscover", "autoconfig", "mta-sts", "isatap", "ssladmin", "sip", "enterpriseenrollment"),
        *("lyncdiscover", "openpgpkey", "localdomain", "broadcasthost", "noreply", "cpanel", "ocsp", "xrpc"),
        *("log-in", "mtasts", "no-re-ply", "www2", "ns-1", "api-2", "mx10", "ab--cd", "www--2"),
    ],
)
def test_what_programs_mail_and_people_take_for_something_else_is_reserved(slug: str) -> None:
    with pytest.raises(Invalid) as caught:
        check_slug(slug)
    assert caught.value.problem == "reserved_slug"


@pytest.mark.fault("E8")
@pytest.mark.parametrize(
    "slug", ["acme-login", "login-systems", "2024", "home-0", "team7", "sales-force-one", "mailchimp", "test-drive"]
)
def test_a_name_that_only_holds_a_reserved_one_is_free(slug: str) -> None:
    assert check_slug(slug) == slug


@pytest.mark.fault("E8")
def test_each_list_says_where_it_comes_from() -> None:
    blocks = Path(slugs.__file__).with_name("reserved_slugs.txt").read_text(encoding="utf-8").strip().split("\n\n")
    assert [block for block in blocks[1:] if not block.startswith(("# Source: ", "# Source (numbered): "))] == []


def test_every_reserved_name_that_is_long_enough_would_otherwise_be_legal() -> None:
    for slug in sorted(RESERVED_SLUGS):
        with pytest.raises(Invalid) as caught:
            check_slug(slug)
        expected = "reserved_slug" if len(slug) >= 3 else "invalid_slug"
        assert (slug, caught.value.problem) == (slug, expected)


@pytest.mark.requirement("S7")
def test_a_schema_is_named_by_the_id_alone() -> None:
    identity = uuid.UUID("0191e1a2-0000-7000-8000-000000000001")
    assert schema_of(identity) == "org_0191e1a2000070008000000000000001"
    assert is_schema_of_an_organization(schema_of(identity)) is True


@pytest.mark.parametrize(
    "name", ["public", "org_", "org_acme", "org_" + "A" * 32, "org_" + "0" * 33, "x org_" + "0" * 32]
)
def test_other_schemas_are_not_taken_for_an_organizations(name: str) -> None:
    assert is_schema_of_an_organization(name) is False
