"""Slugs an organization may have, and the names of schemas and roles."""

from __future__ import annotations

import uuid

import pytest

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
