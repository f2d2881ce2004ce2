"""An id of another organization is answered like one that does not exist: the same status, the same body."""

from __future__ import annotations

import uuid

import pytest
from django.utils import timezone

from accounts.invitations.issuing import invite
from accounts.models import ApiKey, SecondFactor, Session
from accounts.roles.composition import create
from agents.models import Agent
from audit.models import LogEntry
from tenants.scope import use_tenant
from tests.cast import Answer, Api, Cast
from tests.integration.accounts.api_keys.callers import key_of
from tests.integration.accounts.passkeys.authenticators import give_passkey
from tests.integration.accounts.second_factors.phones import give_phone
from tests.integration.accounts.single_sign_on.signing_on import provider_of
from tests.integration.agents.limits.leashes import RUN
from tests.integration.agents.proposals import give_proposal
from tests.integration.privacy.erased import give_erasure
from tests.integration.privacy.exported import give_export
from tests.integration.privacy.reported import give_report
from tests.integration.tenants.trail.sequenced import sequence_all
from webhooks.endpoints import add

PATHS = (
    ("GET", "users/{}/", "user"),
    ("PATCH", "users/{}/", "user"),
    ("DELETE", "users/{}/", "user"),
    ("DELETE", "users/{}/second-factors/", "user"),
    ("DELETE", "me/second-factors/{}/", "factor"),
    ("PATCH", "me/passkeys/{}/", "passkey"),
    ("DELETE", "me/passkeys/{}/", "passkey"),
    ("GET", "audit-logs/{}/", "entry"),
    ("GET", "audit-logs/{}/explanation/", "entry"),
    ("GET", "audit-logs/{}/proof/", "entry"),
    ("POST", "audit-logs/{}/reversal/", "change"),
    ("DELETE", "me/sessions/{}/", "session"),
    ("GET", "api-keys/{}/", "key"),
    ("PATCH", "api-keys/{}/", "key"),
    ("DELETE", "api-keys/{}/", "key"),
    ("POST", "api-keys/{}/rotation/", "key"),
    ("POST", "api-keys/{}/confirmation/", "key"),
    ("GET", "agents/{}/", "agent"),
    ("PATCH", "agents/{}/", "agent"),
    ("DELETE", "agents/{}/", "agent"),
    ("POST", "agents/{}/rotation/", "agent"),
    ("POST", "agents/{}/stop/", "agent"),
    ("POST", "agents/{}/restart/", "agent"),
    ("GET", "agents/{}/usage/", "agent"),
    ("POST", "agents/{}/usage/", "agent"),
    ("GET", "proposals/{}/", "proposal"),
    ("POST", "proposals/{}/approval/", "proposal"),
    ("POST", "proposals/{}/refusal/", "proposal"),
    ("GET", "roles/{}/", "role"),
    ("PATCH", "roles/{}/", "role"),
    ("DELETE", "roles/{}/", "role"),
    ("GET", "roles/{}/members/", "role"),
    ("GET", "invitations/{}/", "invitation"),
    ("POST", "invitations/{}/resend/", "invitation"),
    ("DELETE", "invitations/{}/", "invitation"),
    ("GET", "identity-providers/{}/", "provider"),
    ("PATCH", "identity-providers/{}/", "provider"),
    ("DELETE", "identity-providers/{}/", "provider"),
    ("GET", "webhooks/{}/", "webhook"),
    ("PATCH", "webhooks/{}/", "webhook"),
    ("DELETE", "webhooks/{}/", "webhook"),
    ("GET", "webhooks/{}/deliveries/", "webhook"),
    ("POST", "webhooks/{}/rotate-secret/", "webhook"),
    ("POST", "webhooks/{}/test/", "webhook"),
    ("POST", "webhooks/{}/replay/", "webhook"),
    ("POST", "quotas/reservations/{}/commit/", "reservation"),
    ("POST", "quotas/reservations/{}/release/", "reservation"),
    ("GET", "privacy/exports/{}/", "export"),
    ("POST", "privacy/exports/{}/link/", "export"),
    ("GET", "compliance-reports/{}/", "report"),
    ("POST", "compliance-reports/{}/link/", "report"),
    ("GET", "privacy/erasures/{}/", "erasure"),
    ("DELETE", "privacy/erasures/{}/", "erasure"),
)


@pytest.fixture
def foreign(acme: Cast, alice: Api) -> dict[str, str]:
    """Ids of Acme that Gina might have got hold of."""
    key_of(acme)
    proposal = give_proposal(acme)
    give_phone(acme)
    passkey = give_passkey(acme)
    held = alice.post("quotas/executions/reservations/", {"amount": 1}).body["id"]
    sequence_all()
    with use_tenant(acme.organization):
        return {
            "user": str(acme.people["bob"].id),
            "entry": str(LogEntry.objects.values_list("id", flat=True)[0]),
            "invitation": str(invite(email="carol@acme.example", role="user", now=timezone.now()).id),
            "session": str(Session.objects.values_list("id", flat=True)[0]),
            "role": str(create(name="Auditors", permissions=["audit:read"]).id),
            "reservation": held,
            "change": str(LogEntry.objects.get(action="role.created").id),
            "factor": str(SecondFactor.objects.get().id),
            "passkey": passkey,
            "key": str(ApiKey.objects.get().id),
            "proposal": proposal,
            "agent": str(Agent.objects.get().id),
            "provider": str(provider_of(acme).id),
            "webhook": str(add(by=acme.people["alice"], url="https://10.0.0.1/", description="SIEM").row.id),
            "export": give_export(acme),
            "erasure": give_erasure(acme),
            "report": give_report(acme),
        }


def without_request_id(answer: Answer) -> tuple[int, dict[str, object]]:
    return answer.status, {key: value for key, value in answer.body.items() if key != "request_id"}


@pytest.mark.requirement("S133")
@pytest.mark.parametrize(("method", "path", "kind"), PATHS)
def test_a_foreign_id_and_an_unknown_one_get_the_same_answer(
    foreign: dict[str, str], alice: Api, gina: Api, method: str, path: str, kind: str
) -> None:
    named = {"agent", "key", "role", "passkey", "provider"}
    column = "name" if kind in named else "description" if kind == "webhook" else "first_name"
    body: dict[str, object] | None = {column: "Mallory"} if method == "PATCH" else {} if kind == "proposal" else None
    if kind == "agent" and method == "POST":
        body = RUN if "usage" in path else {} if "rotation" in path else {"reason": "It went astray."}
    if path.endswith("/replay/"):
        body = {"from": 0}
    theirs = gina.call(method, path.format(foreign[kind]), body)
    nobodys = gina.call(method, path.format(uuid.uuid4()), body)
    assert without_request_id(theirs) == without_request_id(nobodys)
    assert theirs.status == 404
    if path.endswith("/restart/"):
        alice.post(f"agents/{foreign[kind]}/stop/", body)
    assert alice.call(method, path.format(foreign[kind]), body).status in (200, 201, 204), "it is there, for its owner"
