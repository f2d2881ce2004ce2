"""Conformance to SCIM (RFC 7643 and 7644), point by point: what is asked, and what is answered, by section."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cast import Api, Cast
from tests.integration.accounts.scim.provider import (
    LIST,
    MEDIA_TYPE,
    SEARCH,
    USER,
    carol,
    fault,
    found,
    person,
    provider,
    replace,
)


@pytest.fixture
def okta(acme: Cast) -> Api:
    return provider(acme)


@pytest.fixture
def bob(acme: Cast) -> str:
    return f"scim/v2/Users/{person(acme, 'bob')}"


CONFIG = "scim/v2/ServiceProviderConfig"


class TestDiscovery:
    """RFC 7644, section 4, and RFC 7643, sections 5 to 7."""

    def test_the_configuration_says_what_is_supported(self, okta: Api) -> None:
        said = okta.get(CONFIG).body
        features = ("patch", "bulk", "filter", "changePassword", "sort", "etag")
        assert [said[each]["supported"] for each in features] == [True, False, True, False, True, True]
        assert (said["filter"]["maxResults"], said["bulk"]["maxOperations"]) == (200, 0)
        assert [each["type"] for each in said["authenticationSchemes"]] == ["oauthbearertoken"]

    @pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
    def test_the_configuration_is_read_only(self, okta: Api, method: str) -> None:
        assert fault(okta.call(method, CONFIG, {})) == (405, "")

    @pytest.mark.parametrize("kind", ["ResourceTypes", "Schemas"])
    def test_what_is_described_is_listed_and_read_one_by_one(self, okta: Api, kind: str) -> None:
        listed = okta.get(f"scim/v2/{kind}").body
        assert (listed["schemas"], listed["totalResults"], listed["itemsPerPage"]) == ([LIST], 2, 2)
        for each in listed["Resources"]:
            assert okta.get(each["meta"]["location"]).body == each

    @pytest.mark.parametrize("kind", ["ResourceTypes", "Schemas"])
    def test_what_is_described_is_not_filtered(self, okta: Api, kind: str) -> None:
        assert fault(okta.get(f"scim/v2/{kind}?filter=id pr")) == (403, "")

    @pytest.mark.parametrize("path", ["ResourceTypes/Device", "Schemas/urn:nobody", "Schemas/%00"])
    def test_what_is_not_described_is_not_found(self, okta: Api, path: str) -> None:
        assert fault(okta.get(f"scim/v2/{path}")) == (404, "")

    def test_resource_types_lead_to_their_schemas(self, okta: Api) -> None:
        for each in okta.get("scim/v2/ResourceTypes").body["Resources"]:
            assert okta.get(f"scim/v2/Schemas/{each['schema']}").status == 200
            assert okta.get(f"scim/v2{each['endpoint']}").status == 200

    def test_every_attribute_says_all_that_section_7_asks_of_it(self, okta: Api) -> None:
        asked = {
            *("name", "type", "multiValued", "description", "required"),
            *("caseExact", "mutability", "returned", "uniqueness"),
        }
        for schema in okta.get("scim/v2/Schemas").body["Resources"]:
            for attribute in schema["attributes"]:
                for each in (attribute, *attribute.get("subAttributes", ())):
                    assert asked <= each.keys(), each["name"]

    @pytest.mark.parametrize("path", ["Bulk", ".search", "Me", "Roles", "Users/not-an-id", "Users/x/y", ""])
    def test_what_is_not_there_is_an_error_of_scim(self, okta: Api, path: str) -> None:
        assert fault(okta.get(f"scim/v2/{path}"))[0] == 404


class TestMediaTypes:
    """RFC 7644, sections 3.1 and 8.1."""

    @pytest.mark.parametrize(
        ("accepted", "answered"),
        [("*/*", MEDIA_TYPE), (MEDIA_TYPE, MEDIA_TYPE), ("application/json", "application/json")],
    )
    def test_the_client_says_which_it_reads(self, okta: Api, accepted: str, answered: str) -> None:
        assert okta.get("scim/v2/Users", Accept=accepted).headers["Content-Type"] == answered

    @pytest.mark.parametrize("sent", [MEDIA_TYPE, f"{MEDIA_TYPE}; charset=utf-8", "application/json"])
    def test_either_is_taken(self, okta: Api, sent: str) -> None:
        assert okta.post("scim/v2/Users", carol(), Content_Type=sent).status == 201

    def test_others_are_not_taken_and_not_given(self, okta: Api) -> None:
        assert fault(okta.post("scim/v2/Users", carol(), Content_Type="text/plain")) == (415, "")
        assert fault(okta.get("scim/v2/Users", Accept="text/html")) == (406, "")


class TestReading:
    """RFC 7644, sections 3.4.1 and 3.9."""

    @pytest.mark.parametrize(
        ("asked", "names"),
        [
            ("attributes=userName", {"schemas", "id", "userName"}),
            ("attributes=USERNAME,active", {"schemas", "id", "userName", "active"}),
            (f"attributes={USER}:userName", {"schemas", "id", "userName"}),
            ("attributes=nonsense", {"schemas", "id"}),
            ("attributes=emails.value", {"schemas", "id", "emails"}),
            (
                "excludedAttributes=emails,groups,id,meta",
                {"schemas", "id", "userName", "name", "displayName", "active"},
            ),
        ],
    )
    def test_a_client_names_what_it_wants(self, okta: Api, bob: str, asked: str, names: set[str]) -> None:
        assert okta.get(f"{bob}?{asked}").body.keys() == names

    def test_a_part_of_an_attribute_can_be_named(self, okta: Api, bob: str) -> None:
        assert okta.get(f"{bob}?attributes=emails.value").body["emails"] == [{"value": "bob@acme.example"}]
        assert okta.get(f"{bob}?excludedAttributes=emails.type,emails.primary").body["emails"] == [
            {"value": "bob@acme.example"}
        ]

    def test_both_at_once_exclude_each_other(self, okta: Api, bob: str) -> None:
        assert fault(okta.get(f"{bob}?attributes=userName&excludedAttributes=name")) == (400, "invalidValue")

    def test_lists_and_responses_to_changes_are_cut_as_well(self, okta: Api, bob: str) -> None:
        listed = okta.get("scim/v2/Users?attributes=userName").body["Resources"]
        changed = okta.patch(f"{bob}?attributes=active", replace("active", True)).body
        assert ([each.keys() for each in listed], changed.keys()) == (
            [{"schemas", "id", "userName"}] * 3,
            {"schemas", "id", "active"},
        )


class TestLists:
    """RFC 7644, section 3.4.2."""

    @pytest.mark.parametrize(
        ("asked", "names"),
        [
            ("startIndex=1&count=2", ["alice", "bob"]),
            ("startIndex=3", ["vera"]),
            ("startIndex=4", []),
            ("startIndex=0", ["alice", "bob", "vera"]),
            ("startIndex=-7&count=1", ["alice"]),
            ("count=0", []),
            ("count=-1", []),
            ("startIndex=99999999999999999999&count=99999999999999999999", []),
            ("sortBy=userName&sortOrder=descending", ["vera", "bob", "alice"]),
            ("sortBy=name.givenName", ["alice", "bob", "vera"]),
            ("sortBy=meta.created&sortOrder=Descending", ["vera", "bob", "alice"]),
            ("sortBy=id", ["alice", "bob", "vera"]),
        ],
    )
    def test_a_page_and_an_order_are_asked_for(self, okta: Api, asked: str, names: list[str]) -> None:
        answer = okta.get(f"scim/v2/Users?{asked}")
        assert (found(answer), answer.body["totalResults"], answer.body["itemsPerPage"]) == (names, 3, len(names))

    @pytest.mark.parametrize(
        "asked", ["count=many", "startIndex=1.5", "sortOrder=upwards", "sortBy=password", "count="]
    )
    def test_what_is_no_number_or_order_is_refused(self, okta: Api, asked: str) -> None:
        assert fault(okta.get(f"scim/v2/Users?{asked}"))[0] == 400

    def test_a_search_by_post_is_the_same_list(self, okta: Api) -> None:
        body = {
            "schemas": [SEARCH],
            "filter": 'userName sw "b"',
            "attributes": ["userName"],
            "startIndex": 1,
            "count": 5,
        }
        answer = okta.post("scim/v2/Users/.search", body)
        assert (found(answer), answer.body["Resources"][0].keys()) == (["bob"], {"schemas", "id", "userName"})

    @pytest.mark.parametrize(
        "body",
        [
            [],
            {"schemas": [USER]},
            {"schemas": "x"},
            {"schemas": [SEARCH], "filter": 1},
            {"schemas": [SEARCH], "count": True},
            {"schemas": [SEARCH], "attributes": "userName"},
        ],
    )
    def test_a_search_that_is_none_is_refused(self, okta: Api, body: Any) -> None:
        assert fault(okta.post("scim/v2/Users/.search", body))[0] == 400
