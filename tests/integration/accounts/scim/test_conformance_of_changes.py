"""Conformance to SCIM (RFC 7644), point by point: changes, versions and errors, by section."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cast import Api, Cast
from tests.integration.accounts.scim.provider import (
    BASE,
    ERROR,
    USER,
    carol,
    fault,
    found,
    patch,
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


class TestChanges:
    """RFC 7644, sections 3.3, 3.5.1, 3.5.2 and 3.6."""

    def test_a_user_name_is_unique_without_regard_to_case(self, okta: Api) -> None:
        assert fault(okta.post("scim/v2/Users", carol(userName="BOB@acme.example"))) == (409, "uniqueness")

    def test_read_only_attributes_of_a_whole_resource_are_passed_over(self, okta: Api) -> None:
        made = okta.post("scim/v2/Users", carol(id="mine", meta={"version": "1"}, groups=[{"value": "admin"}])).body
        assert (made["id"] == "mine", made["groups"][0]["value"]) == (False, "viewer")

    def test_put_empties_what_it_leaves_out_and_activates_nobody(self, okta: Api, bob: str) -> None:
        okta.patch(bob, patch({"op": "replace", "value": {"externalId": "00u2", "active": False}}))
        after = okta.call("PUT", bob, {"schemas": [USER], "userName": "bob@acme.example"}).body
        assert ("externalId" in after, "name" in after, after["active"]) == (False, False, False)

    def test_put_needs_a_user_name_and_keeps_it(self, okta: Api, bob: str) -> None:
        assert fault(okta.call("PUT", bob, {"schemas": [USER]})) == (400, "invalidValue")
        renamed = {"schemas": [USER], "userName": "robert@acme.example"}
        assert fault(okta.call("PUT", bob, renamed)) == (400, "mutability")
        assert okta.call("PUT", bob, {"schemas": [USER], "USERNAME": " Bob@ACME.example"}).status == 200

    @pytest.mark.parametrize(
        ("operation", "kind"),
        [
            ({"op": "replace", "path": "id", "value": "x"}, "mutability"),
            ({"op": "remove", "path": "meta.created"}, "mutability"),
            ({"op": "add", "path": "groups", "value": [{"value": "admin"}]}, "mutability"),
            ({"op": "add", "path": 'groups[value eq "admin"]', "value": {}}, "mutability"),
            ({"op": "replace", "path": "userName", "value": "eve@acme.example"}, "mutability"),
            ({"op": "replace", "value": {"userName": "eve@acme.example"}}, "mutability"),
            ({"op": "remove", "path": "userName"}, "mutability"),
            ({"op": "remove", "path": "active"}, "mutability"),
            ({"op": "remove"}, "noTarget"),
            ({"op": "replace", "path": "shoeSize", "value": 44}, "invalidPath"),
            ({"op": "replace", "path": "name.", "value": "x"}, "invalidPath"),
            ({"op": "replace", "path": "emails[", "value": "x"}, "invalidPath"),
            ({"op": "replace", "path": 'active[value eq "x"]', "value": "x"}, "invalidPath"),
            ({"op": "replace", "path": 'emails[type is "work"].value', "value": "x"}, "invalidFilter"),
            ({"op": "move", "path": "active", "value": True}, "invalidSyntax"),
            ({"op": "replace", "path": "active"}, "invalidValue"),
            ({"op": "replace", "path": "active", "value": "perhaps"}, "invalidValue"),
            ({"op": "replace", "path": "active", "value": None}, "invalidValue"),
            ({"op": "replace", "value": "active"}, "invalidValue"),
        ],
    )
    def test_an_operation_that_can_not_be_is_refused_by_its_kind(
        self, okta: Api, bob: str, operation: dict[str, Any], kind: str
    ) -> None:
        before = okta.get(bob).body
        assert fault(okta.patch(bob, patch(operation))) == (400, kind)
        assert okta.get(bob).body == before

    @pytest.mark.parametrize("body", [{}, [], {"schemas": [ERROR], "Operations": []}, patch(), {"Operations": [1]}])
    def test_a_patch_that_is_none_is_refused(self, okta: Api, bob: str, body: Any) -> None:
        assert fault(okta.patch(bob, body)) == (400, "invalidSyntax")

    def test_delete_answers_nothing_and_the_person_is_in_no_list(self, okta: Api, bob: str) -> None:
        answer = okta.delete(bob)
        assert (answer.status, answer.body, found(okta.get("scim/v2/Users"))) == (204, b"", ["alice", "vera"])


class TestVersions:
    """RFC 7644, section 3.14."""

    def test_a_version_is_an_etag_and_moves_with_each_change(self, okta: Api, bob: str) -> None:
        first = okta.get(bob)
        assert (first.headers["ETag"], first.headers["ETag"][:2]) == (first.body["meta"]["version"], "W/")
        assert okta.patch(bob, replace("externalId", "1")).headers["ETag"] != first.headers["ETag"]

    def test_what_is_known_already_is_not_sent_again(self, okta: Api, bob: str) -> None:
        version = okta.get(bob).headers["ETag"]
        for sent, status in ((version, 304), ("*", 304), (f'"x", {version}', 304), ('W/"x"', 200)):
            assert okta.get(bob, If_None_Match=sent).status == status

    @pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
    def test_a_change_of_another_version_is_not_made(self, okta: Api, bob: str, method: str) -> None:
        body = {"PUT": {"userName": "bob@acme.example"}, "PATCH": replace("externalId", "1")}.get(method)
        version = okta.get(bob).headers["ETag"]
        assert fault(okta.call(method, bob, body, If_Match='W/"x"')) == (412, "")
        assert okta.get(bob).headers["ETag"] == version
        assert okta.call(method, bob, body, If_Match=version).status in (200, 204)


class TestErrors:
    """RFC 7644, section 3.12, and RFC 6750 for who asks."""

    def test_without_a_key_nobody_is_known(self, acme: Cast) -> None:
        answer = Api().get("scim/v2/Users")
        assert (fault(answer), answer.headers["WWW-Authenticate"]) == ((401, ""), 'Bearer realm="workix"')

    @pytest.mark.parametrize(
        ("body", "kind"),
        [
            (b"{", "invalidSyntax"),
            (b"[" * 50 + b"]" * 50, "invalidSyntax"),
            (b"[]", "invalidSyntax"),
            (b'"x"', "invalidSyntax"),
            (b"null", "invalidSyntax"),
            (b'{"schemas": ["urn:other"], "userName": "a@b.example"}', "invalidSyntax"),
            (b'{"userName": "no address"}', "invalidValue"),
            (b'{"userName": 1}', "invalidValue"),
            (b'{"userName": "x@acme.example", "name": "Carol"}', "invalidValue"),
            (b'{"userName": "x@acme.example", "active": 1}', "invalidValue"),
            (b'{"userName": "x@acme.example", "externalId": "a\\u0000b"}', "invalidValue"),
            (b"{}", "invalidValue"),
        ],
    )
    def test_a_body_that_can_not_be_is_refused_by_its_kind(self, okta: Api, body: bytes, kind: str) -> None:
        assert fault(okta.post("scim/v2/Users", body)) == (400, kind)

    def test_a_body_that_is_too_large_is_refused_in_words_of_scim(self, okta: Api) -> None:
        assert fault(okta.post("scim/v2/Users", b'{"x": "' + b"x" * 2_000_000 + b'"}')) == (413, "")

    def test_an_unknown_host_and_a_foreign_one_are_refused_in_words_of_scim(self, acme: Cast, globex: Cast) -> None:
        key = provider(acme).access
        assert fault(Api(key, "nobody.example").get("scim/v2/Users")) == (404, "")
        assert fault(Api(key, globex.host).get("scim/v2/Users"))[0] in (401, 403)
        assert Api(key, acme.host).get("scim/v2/Users").status == 200

    def test_a_location_is_where_a_resource_is(self, okta: Api) -> None:
        made = okta.post("scim/v2/Users", carol())
        assert made.headers["Location"] == f"{BASE}/Users/{made.body['id']}"
        assert okta.get(made.headers["Location"]).body == made.body
