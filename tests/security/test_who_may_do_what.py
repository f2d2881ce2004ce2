"""Every operation of the API document, tried by everybody: none is unlisted, none is open to more than it says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.utils import timezone

from accounts.invitations.issuing import invite
from accounts.models import ApiKey, Session
from accounts.roles.composition import create
from accounts.roles.membership import give
from agents.models import Agent
from audit.models import LogEntry
from tenants.scope import use_tenant
from tests import cast
from tests.acts import rows
from tests.cast import PASSWORD, Api, Cast
from tests.integration.accounts.api_keys.callers import key_of
from tests.integration.accounts.passkeys.authenticators import give_passkey
from tests.integration.accounts.second_factors.phones import give_phone
from tests.integration.accounts.single_sign_on.signing_on import provider_of
from tests.integration.agents.proposals import proposed, supervised
from tests.integration.privacy.erased import give_erasure
from tests.integration.privacy.exported import TOKEN, give_export
from tests.integration.privacy.reported import REPORT_TOKEN, give_report
from tests.integration.tenants.trail.sequenced import sequence_all
from tests.security.documents import operations
from tools.access_matrix import EXPECTED, WHO
from webhooks.endpoints import add
from workix.core.apps import grantable, permissions_of

MADE = {"type": "public-key", "response": {"clientDataJSON": "AAAA", "attestationObject": "AAAA"}}
SIGNED = {
    "id": "AAAA",
    "type": "public-key",
    "response": {"clientDataJSON": "AAAA", "authenticatorData": "AAAA", "signature": "AAAA"},
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
    "me_reauthentication": {"password": PASSWORD},
    "me_passkeys_create": {"name": "Key", "credential": MADE},
    "me_passkeys_partial_update": {"name": "Another"},
    "me_reauthentication_passkey": {"credential": SIGNED},
    "auth_passkey": {"credential": SIGNED},
    "auth_second_factor_enrolment_passkey": {"challenge": "A" * 86, "name": "Key", "credential": MADE},
    "auth_second_factor_passkey": {"challenge": "A" * 86, "credential": SIGNED},
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
    "webhooks_create": {"url": "https://10.0.0.1/"},
    "webhooks_partial_update": {"description": "SIEM"},
    "webhooks_replay_create": {"from": 0},
    "api_keys_create": {"name": "Runner", "scopes": ["quotas:consume"]},
    "api_keys_partial_update": {"name": "Runner of pipelines"},
    "agents_create": {"name": "Robin", "purpose": "Keeps people tidy.", "scopes": ["users:write"]},
    "agents_partial_update": {"name": "Robin the second"},
    "approval_policy_update": {"four_eyes": True},
    "privacy_exports_create": {},
    "privacy_erasures_create": {},
    "compliance_reports_create": {},
    "compliance_reports_archive_create": {"token": REPORT_TOKEN},
    "privacy_exports_archive_create": {"token": TOKEN},
    "roles_create": {"name": "Auditors", "permissions": ["audit:read"]},
    "roles_partial_update": {"name": "Auditors of pipelines"},
}

IN_SCIM = {
    "/scim/v2/Groups/": "user",
    "/scim/v2/ResourceTypes/": "User",
    "/scim/v2/Schemas/": "urn:ietf:params:scim:schemas:core:2.0:User",
}
#: Who brings no credential, but a token that is not good.
REFUSED_IN_ITS_OWN_WORDS = {
    "auth_refresh": "token_not_valid",
    "auth_passkey": "passkey_not_valid",
    **dict.fromkeys((name for name in EXPECTED if name.startswith("auth_second_factor")), "challenge_not_valid"),
}


def test_every_operation_is_listed_here() -> None:
    assert sorted(operations()) == sorted(EXPECTED)


@pytest.fixture
def asking(acme: Cast, globex: Cast, alice: Api, who: str) -> Api:
    """Speak as one of WHO; beside them only Alice has a session."""
    if who == "operator":
        cast.hire_otto()
        return Api(Api().post("auth/login/", {"email": cast.OTTO, "password": PASSWORD}).body["access"])
    people = {"viewer": (acme, "vera"), "user": (acme, "bob"), WHO[4]: (globex, "gina")}
    return alice if who == "admin" else cast.api_of(*people[who]) if who in people else Api()


@pytest.fixture
def path_of(acme: Cast, globex: Cast) -> Callable[[str], str]:
    """Fill the ids of Acme into a path: of Bob, the newest entry, Alice's session, a key, an invitation, a role and so on."""
    stage: list[tuple[Api, dict[str, object]]] = []

    def fill(path: str) -> str:
        filled = path.replace("{resource}", "executions")
        if "{id}" not in path:
            return filled
        if not stage:
            stage.append(set_stage(acme))
        robin, there = stage[0]
        if path.endswith("/proof/"):
            sequence_all()
        made = {part: make() for part, make in made_when_asked(acme, robin).items() if f"{part}{{id}}/" in path}
        with use_tenant(acme.organization):
            ids = {
                **made,
                **there,
                **dict.fromkeys(("/users/", "/scim/v2/Users/"), acme.people["bob"].id),
                **IN_SCIM,
                "/audit-logs/": LogEntry.objects.values_list("id", flat=True)[0],
                "/api-keys/": ApiKey.objects.get().id,
                "/agents/": Agent.objects.get().id,
                "/me/sessions/": Session.objects.filter(user=acme.people["alice"])[0].id,
            }
        identity = next((str(found) for part, found in ids.items() if part in path), str(acme.organization.id))
        return filled.replace("{id}", identity).replace("{user_id}", str(acme.people["bob"].id))

    return fill


def set_stage(acme: Cast) -> tuple[Api, dict[str, object]]:
    """Make what ids are asked for of; return an agent, and the ids by the part of a path that they follow."""
    _, robin = key_of(acme), supervised(acme)
    with use_tenant(acme.organization):
        invited = invite(email="carol@acme.example", role="user", now=timezone.now())
        role = create(name="Readers", permissions=["users:read"])
        give(role.id, user_id=acme.people["bob"].id)
        provider = provider_of(acme)
        webhook = add(by=acme.people["alice"], url="https://10.0.0.1/").row
    return robin, {
        "/invitations/": invited.id,
        "/identity-providers/": provider.id,
        "/webhooks/": webhook.id,
        "/roles/": role.id,
    }


def made_when_asked(acme: Cast, robin: Api) -> dict[str, Callable[[], object]]:
    """Map parts of paths to what makes the thing they ask for: some of it costs, or changes what others are answered."""
    return {
        "/me/second-factors/": lambda: factor_of(acme),
        "/me/passkeys/": lambda: give_passkey(acme),
        "/privacy/erasures/": lambda: give_erasure(acme),
        "/privacy/exports/": lambda: give_export(acme),
        "/compliance-reports/": lambda: give_report(acme),
        "/proposals/": lambda: proposed(robin, acme, "bob"),
    }


def factor_of(acme: Cast) -> str:
    """Let Alice have a second factor, once everybody is logged in."""
    give_phone(acme)
    ((identity,),) = rows("SELECT id FROM second_factors", acme)
    return str(identity)


@pytest.mark.requirement("S13")
@pytest.mark.requirement("S125")
@pytest.mark.requirement("S134")
@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("operation", EXPECTED)
def test_everybody_gets_what_is_theirs(
    acme: Cast, alice: Api, asking: Api, path_of: Callable[[str], str], operation: str, who: str
) -> None:
    asked = operations()[operation]
    body = BODIES.get(operation, asked.body)
    if operation == "quotas_releases_create":
        taken = alice.post("quotas/executions/consumptions/", {"amount": 1})
        body = {"consumption": taken.body["id"]}
    if operation.startswith("quotas_reservations_") and operation != "quotas_reservations_create":
        held = alice.post("quotas/executions/reservations/", {"amount": 1})
        asked = replace(asked, path=asked.path.replace("{id}", held.body["id"]))
    if operation == "roles_members_create":
        body = {"user": str(acme.people["vera"].id)}
    answer = asking.call(asked.method, path_of(asked.path), body or None)
    assert answer.status == EXPECTED[operation][WHO.index(who)]
    if answer.status == 401:
        code = REFUSED_IN_ITS_OWN_WORDS.get(operation, "not_authenticated")
        code = "" if operation.startswith("scim_") else code  # SCIM's errors have none
        assert (answer.body.get("code", ""), "Bearer" in answer.headers["WWW-Authenticate"]) == (code, True)


@pytest.mark.parametrize("permission", sorted(grantable() - permissions_of("viewer")))
def test_an_own_role_opens_the_reads_of_its_permission_and_no_others(
    acme: Cast, alice: Api, path_of: Callable[[str], str], permission: str
) -> None:
    """Vera, a viewer, has a role with this one permission."""
    with use_tenant(acme.organization):
        give(create(name="One", permissions=[permission]).id, user_id=acme.people["vera"].id)
    vera, opened = cast.api_of(acme, "vera"), {permission, *permissions_of("viewer"), "open", "known"}
    of_people = {name: asked for name, asked in operations().items() if not name.startswith("scim_")}
    reads = {name: asked for name, asked in of_people.items() if asked.method == "GET"}
    found = {name: vera.get(path_of(asked.path)).status for name, asked in reads.items()}
    shut = {name for name, asked in reads.items() if asked.permission not in opened}
    assert {name for name, status in found.items() if status == 403} == shut
