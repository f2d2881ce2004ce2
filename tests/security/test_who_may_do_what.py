"""Every operation of the API document, tried by everybody: none is unlisted, none is open to more than it says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from accounts.invitations.issuing import invite
from accounts.models import ApiKey, Session
from audit.models import LogEntry
from tenants.scope import use_tenant
from tests import cast
from tests.cast import PASSWORD, Api, Cast
from tests.integration.accounts.api_keys.callers import key_of
from tests.integration.accounts.single_sign_on.signing_on import provider_of
from tests.security.documents import operations

WHO = ("anonymous", "viewer", "user", "admin", "another organization's admin", "operator")

#: Operation -> the status each of WHO gets, with a body that is right and, in the path, an id of Acme.
EXPECTED: dict[str, tuple[int, int, int, int, int, int]] = {
    "organizations_create": (201, 201, 201, 201, 201, 201),
    "auth_login": (200, 200, 200, 200, 200, 200),
    "auth_refresh": (401, 401, 401, 401, 401, 401),
    "auth_logout": (401, 204, 204, 204, 204, 204),
    "auth_logout_everywhere": (401, 204, 204, 204, 204, 204),
    "auth_confirm_email": (400, 400, 400, 400, 400, 400),
    "auth_confirm_email_resend": (202, 202, 202, 202, 202, 202),
    "auth_organizations": (202, 202, 202, 202, 202, 202),
    "auth_password_reset": (202, 202, 202, 202, 202, 202),
    "auth_password_reset_confirm": (400, 400, 400, 400, 400, 400),
    "me_retrieve": (401, 200, 200, 200, 200, 200),
    "me_update": (401, 200, 200, 200, 200, 200),
    "me_password": (401, 204, 204, 204, 204, 204),
    "me_sessions_list": (401, 200, 200, 200, 200, 200),
    "me_sessions_destroy": (401, 404, 404, 204, 404, 404),
    "me_organizations_list": (401, 200, 200, 200, 200, 200),
    "auth_switch": (401, 404, 404, 404, 404, 404),
    "organization_retrieve": (401, 200, 200, 200, 200, 403),
    "organization_update": (401, 403, 403, 200, 200, 403),
    "organization_deletion_create": (401, 403, 403, 202, 202, 403),
    "organization_deletion_destroy": (401, 403, 403, 404, 404, 403),
    "policies_retrieve": (401, 403, 403, 200, 200, 403),
    "policies_update": (401, 403, 403, 200, 200, 403),
    "users_list": (401, 200, 200, 200, 200, 403),
    "users_create": (401, 403, 403, 201, 201, 403),
    "users_retrieve": (401, 200, 200, 200, 404, 403),
    "users_partial_update": (401, 403, 403, 200, 404, 403),
    "users_destroy": (401, 403, 403, 204, 404, 403),
    "api_keys_list": (401, 403, 403, 200, 200, 403),
    "api_keys_create": (401, 403, 403, 201, 201, 403),
    "api_keys_retrieve": (401, 403, 403, 200, 404, 403),
    "api_keys_partial_update": (401, 403, 403, 200, 404, 403),
    "api_keys_destroy": (401, 403, 403, 204, 404, 403),
    "api_keys_rotation_create": (401, 403, 403, 201, 404, 403),
    "api_keys_confirmation_create": (401, 403, 403, 200, 404, 403),
    "api_keys_report_leak": (202, 202, 202, 202, 202, 202),
    "auth_sso_list": (200, 200, 200, 200, 200, 200),
    "auth_sso_token": (400, 400, 400, 400, 400, 400),
    "identity_providers_list": (401, 403, 403, 200, 200, 403),
    "identity_providers_create": (401, 403, 403, 201, 201, 403),
    "identity_providers_retrieve": (401, 403, 403, 200, 404, 403),
    "identity_providers_partial_update": (401, 403, 403, 200, 404, 403),
    "identity_providers_destroy": (401, 403, 403, 204, 404, 403),
    "invitations_list": (401, 403, 403, 200, 200, 403),
    "invitations_create": (401, 403, 403, 201, 201, 403),
    "invitations_retrieve": (401, 403, 403, 200, 404, 403),
    "invitations_destroy": (401, 403, 403, 204, 404, 403),
    "invitations_resend": (401, 403, 403, 200, 404, 403),
    "invitations_accept": (400, 400, 400, 400, 400, 400),
    "quotas_list": (401, 200, 200, 200, 200, 403),
    "quotas_retrieve": (401, 200, 200, 200, 200, 403),
    "quotas_history_retrieve": (401, 200, 200, 200, 200, 403),
    "quotas_consumptions_create": (401, 403, 403, 201, 201, 403),
    "quotas_releases_create": (401, 403, 403, 201, 404, 403),
    "audit_logs_list": (401, 403, 403, 200, 200, 403),
    "audit_logs_retrieve": (401, 403, 403, 200, 404, 403),
}

#: Bodies where the document's example is not right for this test.
BODIES: dict[str, dict[str, Any]] = {
    "organizations_create": {
        "name": "Initech",
        "slug": "initech",
        "admin": {"email": "bill@initech.example", "password": PASSWORD},
    },
    "auth_login": {"email": "alice@acme.example", "password": PASSWORD},
    "auth_refresh": {"refresh": "nonsense"},
    "me_password": {"current_password": PASSWORD, "password": "another horse battery staple"},
    "policies_update": {"allowed_networks": ["127.0.0.0/8"]},
    "users_create": {"email": "dave@acme.example", "password": PASSWORD, "role": "user"},
    "invitations_create": {"email": "dave@acme.example", "role": "admin"},
    "users_partial_update": {"first_name": "Robert"},
    "identity_providers_create": {
        "name": "Acme",
        "protocol": "oidc",
        "settings": {"issuer": "https://login.acme.example"},
    },
    "identity_providers_partial_update": {"name": "Acme ID"},
    "api_keys_create": {"name": "Runner", "scopes": ["quotas:consume"]},
    "api_keys_partial_update": {"name": "Runner of pipelines"},
}


def test_every_operation_is_listed_here() -> None:
    assert sorted(operations()) == sorted(EXPECTED)


@pytest.fixture
def everybody(acme: Cast, globex: Cast) -> dict[str, Api]:
    cast.hire_otto()
    login = Api().post("auth/login/", {"email": cast.OTTO, "password": PASSWORD})
    apis = [
        Api(),
        cast.api_of(acme, "vera"),
        cast.api_of(acme, "bob"),
        cast.api_of(acme, "alice"),
        cast.api_of(globex, "gina"),
        Api(login.body["access"]),
    ]
    return dict(zip(WHO, apis, strict=True))


@pytest.fixture
def path_of(acme: Cast) -> Callable[[str], str]:
    """Fill the ids of Acme into a path: of Bob, of the newest entry, Alice's session, a key, an invitation, a provider."""
    key_of(acme)
    with use_tenant(acme.organization):
        invited = invite(email="carol@acme.example", role="user", now=timezone.now())
        provider = provider_of(acme)

    def fill(path: str) -> str:
        with use_tenant(acme.organization):
            ids = {
                "/invitations/": invited.id,
                "/identity-providers/": provider.id,
                "/users/": acme.people["bob"].id,
                "/audit-logs/": LogEntry.objects.values_list("id", flat=True)[0],
                "/api-keys/": ApiKey.objects.get().id,
                "/me/sessions/": Session.objects.filter(user=acme.people["alice"])[0].id,
            }
        identity = next((str(found) for part, found in ids.items() if part in path), "")
        return path.replace("{id}", identity).replace("{resource}", "executions")

    return fill


@pytest.mark.requirement("S13")
@pytest.mark.requirement("S125")
@pytest.mark.requirement("S134")
@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("operation", EXPECTED)
def test_everybody_gets_what_is_theirs(
    everybody: dict[str, Api], path_of: Callable[[str], str], operation: str, who: str
) -> None:
    asked = operations()[operation]
    body = BODIES.get(operation, asked.body)
    if operation == "quotas_releases_create":
        taken = everybody["admin"].post("quotas/executions/consumptions/", {"amount": 1})
        body = {"consumption": taken.body["id"]}
    answer = everybody[who].call(asked.method, path_of(asked.path), body or None)
    assert answer.status == EXPECTED[operation][WHO.index(who)]
    if answer.status == 401:
        code = "token_not_valid" if operation == "auth_refresh" else "not_authenticated"
        assert (answer.body["code"], "Bearer" in answer.headers["WWW-Authenticate"]) == (code, True)
