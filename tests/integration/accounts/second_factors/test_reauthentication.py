"""Step-up: what takes a recent log-in, how one is made recent again, and what that costs."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.acts import rows, statements_of
from tests.cast import PASSWORD, Api, Cast, api_of
from tests.integration.accounts.api_keys.callers import service
from tests.integration.accounts.second_factors.phones import (
    actions,
    answer,
    challenge_for,
    give_phone,
    let_log_in_age,
    outcome,
)
from workix.api.checks import named, routed_actions

AGAIN = "me/reauthentication/"
ASKED = (403, "reauthentication_required")

#: What lasts. An action that is added here, or taken away, is a decision.
ASKS = [
    "accounts.api.organization_deletion.RemovalView.post",
    "accounts.api.passkeys.own_passkeys.MyPasskeyViewSet.create",
    "accounts.api.passkeys.own_passkeys.MyPasskeyViewSet.creation_options",
    "accounts.api.passkeys.own_passkeys.MyPasskeyViewSet.destroy",
    "accounts.api.second_factors.resetting.ResetView.delete",
    "accounts.api.second_factors.second_factors.MySecondFactorViewSet.confirmation",
    "accounts.api.second_factors.second_factors.MySecondFactorViewSet.destroy",
    "accounts.api.second_factors.second_factors.MySecondFactorViewSet.recovery_codes",
    "accounts.api.second_factors.second_factors.MySecondFactorViewSet.totp",
    "accounts.api.users.PersonViewSet.destroy",
    "accounts.api_keys.api.api_keys.ApiKeyViewSet.confirmation",
    "accounts.api_keys.api.api_keys.ApiKeyViewSet.create",
    "accounts.api_keys.api.api_keys.ApiKeyViewSet.partial_update",
    "accounts.api_keys.api.api_keys.ApiKeyViewSet.rotation",
    "accounts.policies.api.policies.PoliciesView.patch",
    "accounts.single_sign_on.api.identity_providers.IdentityProviderViewSet.create",
    "accounts.single_sign_on.api.identity_providers.IdentityProviderViewSet.destroy",
    "accounts.single_sign_on.api.identity_providers.IdentityProviderViewSet.partial_update",
    "agents.api.agents.AgentViewSet.create",
    "agents.api.agents.AgentViewSet.partial_update",
    "agents.api.agents.AgentViewSet.rotation",
    "agents.api.stopping.StoppingViewSet.restart",
    "agents.proposals.api.policy.ApprovalPolicyView.patch",
    "agents.proposals.api.proposals.ProposalViewSet.approval",
    "audit.api.audit_logs.LogEntryViewSet.export",
    "privacy.api.compliance_reports.ComplianceReportViewSet.archive",
    "privacy.api.compliance_reports.ComplianceReportViewSet.create",
    "privacy.api.compliance_reports.ComplianceReportViewSet.link",
    "privacy.api.erasures.ErasureViewSet.create",
    "privacy.api.exports.PrivacyExportViewSet.archive",
    "privacy.api.exports.PrivacyExportViewSet.create",
    "privacy.api.exports.PrivacyExportViewSet.link",
    "webhooks.api.webhooks.WebhookViewSet.create",
    "webhooks.api.webhooks.WebhookViewSet.partial_update",
    "webhooks.api.webhooks.WebhookViewSet.rotate_secret",
]


def test_what_asks_for_a_recent_log_in_is_written_down_here() -> None:
    asks = {
        named(view, action) for view, action in routed_actions() if action in getattr(view, "recent_authentication", ())
    }
    assert sorted(asks) == ASKS


@pytest.fixture
def stale(acme: Cast, alice: Api) -> Api:
    let_log_in_age(acme, timedelta(minutes=15, seconds=1))
    return alice


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "api-keys/", {"name": "Runner", "scopes": ["quotas:read"]}),
        ("PATCH", "organization/policies/", {"allows_switching": True}),
        ("PATCH", "organization/policies/", {"single_sign_on_only": True}),
        ("POST", "identity-providers/", {"name": "x", "protocol": "oidc", "settings": {"issuer": "https://a.example"}}),
        ("PATCH", "identity-providers/00000000-0000-0000-0000-000000000000/", {"is_enabled": True}),
        ("DELETE", "identity-providers/00000000-0000-0000-0000-000000000000/", None),
        ("POST", "organization/deletion/", {"password": PASSWORD}),
        ("DELETE", "users/00000000-0000-0000-0000-000000000000/", None),
        ("DELETE", "users/00000000-0000-0000-0000-000000000000/second-factors/", None),
        ("POST", "me/second-factors/totp/", None),
        ("POST", "me/second-factors/totp/confirm/", {"code": "123456"}),
        ("POST", "me/second-factors/recovery-codes/", None),
        ("DELETE", "me/second-factors/00000000-0000-0000-0000-000000000000/", None),
        ("GET", "audit-logs/export/", None),
        ("POST", "webhooks/", {"url": "https://siem.acme.example/"}),
        ("PATCH", "webhooks/00000000-0000-0000-0000-000000000000/", {"is_enabled": True}),
        ("POST", "webhooks/00000000-0000-0000-0000-000000000000/rotate-secret/", {}),
    ],
)
def test_what_lasts_asks_who_logged_in_long_ago(acme: Cast, stale: Api, method: str, path: str, body: object) -> None:
    refused = stale.call(method, path, body)
    said = 'Bearer realm="workix", error="insufficient_user_authentication", max_age="900"'
    assert (outcome(refused), refused.body["max_age"], refused.headers["WWW-Authenticate"]) == (ASKED, 900, said)
    assert stale.post(AGAIN, {"password": PASSWORD}).status == 204
    assert outcome(stale.call(method, path, body)) != ASKED


def test_everything_else_goes_on(stale: Api) -> None:
    assert [
        stale.get(path).status for path in ("me/", "api-keys/", "organization/policies/", "me/second-factors/")
    ] == [200] * 4


def test_it_is_exact_to_the_second(acme: Cast, alice: Api) -> None:
    let_log_in_age(acme, timedelta(minutes=14, seconds=30))
    assert alice.post("me/second-factors/totp/").status == 201


def test_who_may_not_is_told_so_first(acme: Cast, bob: Api) -> None:
    let_log_in_age(acme, timedelta(hours=1))
    assert outcome(bob.post("api-keys/", {"name": "x", "scopes": ["quotas:read"]})) == (403, "permission_denied")


def test_a_session_from_before_the_column_counts_from_its_beginning(acme: Cast, alice: Api) -> None:
    rows("UPDATE sessions SET authenticated_at = NULL", acme)
    assert alice.post("me/second-factors/totp/").status == 201
    rows("UPDATE sessions SET created_at = created_at - interval '16 minutes'", acme)
    assert outcome(alice.post("me/second-factors/totp/")) == ASKED


def test_a_refresh_makes_nothing_recent(acme: Cast) -> None:
    pair = Api().post("auth/login/", {"email": "alice@acme.example", "password": PASSWORD}).body
    let_log_in_age(acme, timedelta(hours=1))
    renewed = Api().post("auth/refresh/", {"refresh": pair["refresh"]}).body["access"]
    assert outcome(Api(renewed).post("me/second-factors/totp/")) == ASKED


def test_it_makes_this_session_recent_and_no_other(acme: Cast, stale: Api) -> None:
    other = api_of(acme, "alice")
    let_log_in_age(acme, timedelta(hours=1))
    assert stale.post(AGAIN, {"password": PASSWORD}).status == 204
    assert outcome(other.post("me/second-factors/totp/")) == ASKED
    assert actions(acme, "session.reauth%%") == ["session.reauthenticated"]


def test_a_wrong_password_makes_nothing_recent(acme: Cast, stale: Api) -> None:
    wrong = stale.post(AGAIN, {"password": "a wrong password, but long"})
    assert (wrong.status, wrong.body["errors"][0]["code"]) == (400, "wrong_password")
    assert outcome(stale.post("me/second-factors/totp/")) == ASKED


def test_who_has_a_second_factor_sends_a_code_too(acme: Cast) -> None:
    phone = give_phone(acme)
    alice = Api(answer(challenge_for(), phone.code()).body["access"])
    let_log_in_age(acme, timedelta(hours=1))
    missing = alice.post(AGAIN, {"password": PASSWORD})
    assert (missing.status, missing.body["errors"][0]["field"]) == (400, "code")
    assert alice.post(AGAIN, {"password": PASSWORD, "code": phone.wrong()}).status == 400
    assert outcome(alice.post("me/second-factors/recovery-codes/")) == ASKED
    assert alice.post(AGAIN, {"password": PASSWORD, "code": phone.recovery_codes[0]}).status == 204
    assert alice.post("me/second-factors/recovery-codes/").status == 201


def test_a_code_that_logged_in_does_not_step_up(acme: Cast) -> None:
    phone = give_phone(acme)
    code = phone.code()
    alice = Api(answer(challenge_for(), code).body["access"])
    again = alice.post(AGAIN, {"password": PASSWORD, "code": code})
    assert (again.status, again.body["errors"][0]["code"]) == (400, "wrong_code")


def test_a_service_is_not_asked(acme: Cast) -> None:
    """It has no such permission today; what decides is that it is a service, and not that nobody knows when it logged in."""
    assert service(acme, "quotas:consume").post("quotas/executions/consumptions/", {"amount": 1}).status == 201


def test_asking_costs_no_statement(acme: Cast, alice: Api) -> None:
    path = "api-keys/00000000-0000-0000-0000-000000000000/"
    assert alice.get(path).status == 404  # the process knows the organization from then on
    before = len(statements_of(lambda: alice.get(path)))
    asked = len(statements_of(lambda: alice.delete("me/second-factors/00000000-0000-0000-0000-000000000000/")))
    let_log_in_age(acme, timedelta(hours=1))
    refused = len(statements_of(lambda: alice.delete("me/second-factors/00000000-0000-0000-0000-000000000000/")))
    assert (before, refused < asked, refused) == (2, True, 2), "a refusal says where, which a policy decides"
