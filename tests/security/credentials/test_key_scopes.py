"""One scope of an API key on each operation of the API document, and whose the acts of a service are."""

from __future__ import annotations

import pytest

from tests.acts import rows
from tests.cast import Api, Cast
from tests.integration.accounts.api_keys.callers import SCOPES, id_of, outcome, service
from tests.security.documents import operations
from workix.core.apps import permissions, scopes

#: The one operation that each scope opens, and what more.
OPENED_BY = {
    "organization:read": {"organization_retrieve"},
    "users:read": {"users_list", "users_retrieve"},
    "quotas:read": {"quotas_list", "quotas_retrieve", "quotas_history_retrieve"},
    "quotas:consume": {
        *("quotas_consumptions_create", "quotas_releases_create", "quotas_reservations_create"),
        *("quotas_reservations_commit_create", "quotas_reservations_release_create"),
    },
    "audit:read": {
        *("audit_logs_list", "audit_logs_retrieve", "audit_logs_export_retrieve"),
        *("audit_logs_proof_retrieve", "audit_logs_checkpoints_list", "audit_logs_reversal_create"),
        "audit_logs_explanation_retrieve",
    },
    "credentials:introspect": set(),  # over gRPC alone: tests/integration/gateway/grpc
    "scim:provision": {
        *("scim_users_list", "scim_users_search", "scim_users_retrieve", "scim_users_create"),
        *("scim_users_update", "scim_users_partial_update", "scim_users_destroy"),
        *("scim_groups_list", "scim_groups_retrieve", "scim_groups_update", "scim_groups_partial_update"),
        *("scim_resource_types_list", "scim_resource_types_retrieve", "scim_schemas_list", "scim_schemas_retrieve"),
        "scim_service_provider_config",
    },
}
#: Open to anybody, or to whoever is known: which scopes a credential has there is nobody's concern.
OPEN_TO_ANYBODY = {
    "authz_explanation",
    "organizations_create",
    "sandboxes_create",
    "auth_login",
    "auth_refresh",
    "auth_passkey",
    "auth_passkey_options",
    "auth_second_factor",
    "auth_second_factor_passkey",
    "auth_second_factor_passkey_options",
    "auth_second_factor_enrolment",
    "auth_second_factor_enrolment_confirm",
    "auth_second_factor_enrolment_passkey",
    "auth_second_factor_enrolment_passkey_options",
    "auth_confirm_email",
    "auth_confirm_email_resend",
    "auth_organizations",
    "auth_password_reset",
    "auth_password_reset_confirm",
    "api_keys_report_leak",
    "auth_sso_list",
    "authz_permissions",
    "auth_sso_token",
    "invitations_accept",
}


def test_what_keys_may_hold_is_written_down_here() -> None:
    """A permission that becomes a scope is a decision: this list, the guide and `OPENED_BY` say so."""
    assert (scopes(), set(OPENED_BY)) == (set(SCOPES), set(SCOPES))
    never = {name for name, each in permissions().items() if not each.scope}
    assert never >= {"profile:read", "profile:write", "users:write", "api_keys:read", "api_keys:write"}
    assert never >= {"roles:read", "roles:write"}
    assert never >= {"identity_providers:read", "identity_providers:write", "webhooks:read", "webhooks:write"}
    assert never >= {"organization:write", "policies:read", "policies:write", "dashboard:enter", "console:enter"}


@pytest.mark.requirement("S74")
@pytest.mark.parametrize("scope", SCOPES)
def test_a_scope_opens_its_operations_and_no_other(acme: Cast, scope: str) -> None:
    api, person = service(acme, scope), str(acme.people["bob"].id)
    reached = set()
    for name, asked in operations().items():
        if name in OPEN_TO_ANYBODY:
            continue
        path = asked.path.replace("{id}", person).replace("{user_id}", person).replace("{resource}", "executions")
        answer = api.call(asked.method, path, asked.body or None)
        if outcome(answer) != (403, "permission_denied"):
            reached.add(name)
            of_scim = asked.statuses - {401, 403, 405, 406, 415, 500, 503}
            assert answer.status in (of_scim if name.startswith("scim_") else {200, 201, 404}), name
    assert reached == OPENED_BY[scope]


def test_a_service_does_what_it_is_for_and_is_named_in_the_trail(acme: Cast) -> None:
    api = service(acme, "quotas:consume")
    taken = api.post("quotas/executions/consumptions/", {"amount": 3})
    given_back = api.post("quotas/executions/releases/", {"consumption": taken.body["id"]})
    assert (taken.status, given_back.status) == (201, 201)
    asked = "SELECT action, actor_type, actor_id::text, actor_label, user_id, is_verified FROM audit_logs"
    assert rows(f"{asked} WHERE resource_type = 'quota' ORDER BY created_at", acme) == [
        ("quota.consumed", "api_key", id_of(acme), "Runner", None, True),
        ("quota.released", "api_key", id_of(acme), "Runner", None, True),
    ]


def test_a_refusal_is_in_the_trail_as_that_of_the_service(acme: Cast) -> None:
    assert service(acme, "quotas:read").get("me/").status == 403
    asked = "SELECT actor_type, resource_id FROM audit_logs WHERE action = 'access.refused'"
    assert rows(asked, acme) == [("api_key", "profile:read")]


def test_what_one_service_took_another_does_not_give_back(acme: Cast) -> None:
    one, other = service(acme, "quotas:consume"), service(acme, "quotas:consume")
    taken = one.post("quotas/executions/consumptions/", {"amount": 3}).body["id"]
    assert other.post("quotas/executions/releases/", {"consumption": taken}).status == 403


def test_after_a_rotation_a_service_gives_back_what_it_took_before(acme: Cast, alice: Api) -> None:
    taken = service(acme, "quotas:consume").post("quotas/executions/consumptions/", {"amount": 3}).body["id"]
    new = alice.post(f"api-keys/{id_of(acme)}/rotation/", {"overlap_hours": 0}).body["key"]
    assert Api(new).post("quotas/executions/releases/", {"consumption": taken}).status == 201


def test_an_idempotency_key_is_a_services_own(acme: Cast) -> None:
    one, other = service(acme, "quotas:consume"), service(acme, "quotas:consume")
    took = [
        api.post("quotas/executions/consumptions/", {"amount": 1}, Idempotency_Key="same") for api in (one, one, other)
    ]
    assert [answer.headers.get("Idempotency-Replayed") for answer in took] == [None, "true", None]
    assert len({answer.body["id"] for answer in took}) == 2


def test_a_scope_that_is_taken_away_is_gone_on_the_next_call(acme: Cast, alice: Api) -> None:
    api = service(acme, "quotas:read", "audit:read")
    assert api.get("audit-logs/").status == 200
    alice.patch(f"api-keys/{id_of(acme)}/", {"scopes": ["quotas:read"]})
    assert [api.get(path).status for path in ("audit-logs/", "quotas/")] == [403, 200]


def test_a_scope_that_is_none_any_more_opens_nothing(acme: Cast) -> None:
    """Written into the row behind everybody's back, or in an earlier release."""
    api = service(acme, "quotas:read")
    rows("UPDATE api_keys SET scopes = 'quotas:read users:write api_keys:write console:enter profile:read'", acme)
    assert [api.get(path).status for path in ("quotas/", "users/", "api-keys/", "me/")] == [200, 403, 403, 403]
