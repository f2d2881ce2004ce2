"""The documents anybody may read: schema, its two readers, and the key set."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.utils import timezone

from accounts.tokens.signing_keys import jwks
from tests.cast import Api, Cast


@pytest.mark.requirement("S18")
def test_the_schema_describes_this_api(anonymous: Api) -> None:
    answer = anonymous.get("schema/", Accept="application/json")
    assert (answer.status, answer.body["openapi"], answer.body["info"]["title"]) == (200, "3.1.0", "Workix")
    wanted = {
        "/api/v1/organizations/": {"post"},
        "/api/v1/auth/login/": {"post"},
        "/api/v1/auth/confirm-email/": {"post"},
        "/api/v1/auth/confirm-email/resend/": {"post"},
        "/api/v1/quotas/": {"get"},
        "/api/v1/audit-logs/": {"get"},
    }
    assert {path: set(answer.body["paths"][path]) for path in wanted} == wanted
    assert {"get", "post"} <= set(answer.body["paths"]["/api/v1/users/"])


@pytest.mark.requirement("S18")
@pytest.mark.requirement("S140")
def test_every_operation_says_what_it_is_for_and_what_can_go_wrong(anonymous: Api) -> None:
    paths = anonymous.get("schema/", Accept="application/json").body["paths"]
    operations = [operation for path in paths.values() for operation in path.values()]
    scim = [operation for path, methods in paths.items() if "/scim/" in path for operation in methods.values()]
    unsaid = [each["operationId"] for each in operations if not each.get("summary") or not each.get("description")]
    assert (unsaid, len(operations) > 8) == ([], True)
    for each in operations:
        problems = {status: answer for status, answer in each["responses"].items() if status >= "400"}
        assert {"500", "503"} <= problems.keys(), each["operationId"]
        media_type = "application/scim+json" if each in scim else "application/problem+json"
        assert {tuple(answer["content"]) for answer in problems.values()} == {(media_type,)}


@pytest.mark.fault("F10")
def test_a_problem_has_a_type_for_each_status_with_its_codes_and_what_they_carry(anonymous: Api) -> None:
    document = anonymous.get("schema/", Accept="application/json").body
    schemas = document["components"]["schemas"]
    answers = [
        (status, answer["content"]["application/problem+json"]["schema"])
        for name, path in document["paths"].items()
        for operation in path.values()
        for status, answer in operation["responses"].items()
        if status >= "400" and "/scim/" not in name  # which has errors of its own
    ]
    assert {(status, schema["$ref"]) for status, schema in answers} == {
        (status, f"#/components/schemas/Problem{status}") for status, _ in answers
    }
    common, own = schemas["Problem403"]["allOf"]
    assert common == {"$ref": "#/components/schemas/Problem"}
    assert {"permission_denied", "quota_exceeded", "csrf_failed"} <= set(own["properties"]["code"]["enum"])
    assert own["properties"].keys() == {
        "code",
        "explanation",
        "resource",
        "limit",
        "burst",
        "used",
        "resets_at",
        "max_age",
        "reauthentication_url",
        "budget_units",
        "spent_units",
    }
    assert {"validation_error", "parse_error", "malformed_request"} <= set(
        schemas["Problem400"]["allOf"][1]["properties"]["code"]["enum"]
    )


@pytest.mark.fault("F10")
def test_the_document_is_one_of_openapi_3_1_with_all_a_linter_asks_for(anonymous: Api) -> None:
    document = anonymous.get("schema/", Accept="application/json").body
    used = {tag for path in document["paths"].values() for each in path.values() for tag in each["tags"]}
    assert {tag["name"] for tag in document["tags"] if tag["description"]} == used
    assert (document["info"]["license"]["identifier"], bool(document["servers"])) == ("MIT", True)
    assert "nullable" not in str(document)


def test_a_person_who_was_added_leads_on_to_what_can_be_done_with_them(anonymous: Api) -> None:
    people = anonymous.get("schema/", Accept="application/json").body["paths"]["/api/v1/users/"]
    wanted = {"users_retrieve", "users_partial_update", "users_destroy", "users_second_factors_destroy"}
    for answer, pointer in (
        (people["post"]["responses"]["201"], "id"),
        (people["get"]["responses"]["200"], "results/0/id"),
    ):
        links = {name: (link["operationId"], link["parameters"]) for name, link in answer["links"].items()}
        assert links == {name: (name, {"id": f"$response.body#/{pointer}"}) for name in wanted}


def test_what_is_open_to_anybody_asks_for_no_credential(anonymous: Api) -> None:
    paths = anonymous.get("schema/", Accept="application/json").body["paths"]
    assert {} in paths["/api/v1/organizations/"]["post"]["security"]
    assert paths["/api/v1/me/"]["get"]["security"] == [{"bearer": []}, {"cookie": []}]


@pytest.mark.parametrize("path", ["docs/", "redoc/"])
@pytest.mark.parametrize("host", ["localhost", "acme.localhost"])
def test_the_readers_answer_on_every_host_without_anything_from_another(acme: Cast, path: str, host: str) -> None:
    answer = Api(host=host).get(path)
    page = answer.body.decode()
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert re.findall(r"""(?:src|href)\s*=\s*["']?(?:https?:)?//[^"'> ]+""", page) == []


@pytest.mark.requirement("S11")
def test_the_key_set_is_public_and_may_be_kept_for_a_while(anonymous: Api) -> None:
    answer = anonymous.get("/.well-known/jwks.json")
    assert (answer.status, answer.body, answer.headers["Cache-Control"]) == (
        200,
        jwks(timezone.now()),
        "public, max-age=300",
    )
    assert [sorted(key) for key in answer.body["keys"]] == [["alg", "crv", "kid", "kty", "use", "x"]]


@pytest.mark.fault("F7")
def test_pages_of_other_origins_may_send_and_read_every_header_the_document_names(anonymous: Api) -> None:
    paths = anonymous.get("schema/", Accept="application/json").body["paths"]
    operations = [operation for path in paths.values() for operation in path.values()]
    sent = {
        each["name"].lower()
        for operation in operations
        for each in operation.get("parameters", ())
        if each["in"] == "header"
    }
    answered = {
        name
        for operation in operations
        for answer in operation["responses"].values()
        for name in answer.get("headers", ())
    }
    assert {"idempotency-key", "x-device-token", "x-csrf-token"} <= sent
    assert (sent - set(settings.CORS_ALLOW_HEADERS), answered - set(settings.CORS_EXPOSE_HEADERS)) == (set(), set())
