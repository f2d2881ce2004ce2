"""Access matrix: who gets what from each operation of the API. docs/api.md is written from it, and tests hold the API to it."""

# Note [One source]
# Who may do what stands here once. The security test asks each operation as each of WHO and compares the status, so the
# page can't say anything else than what is so; what an operation takes, it reads from the API document, and what a
# permission is, from what the apps declare. A new operation without a row here fails that test, and so does a page that is old.

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import django

from workix.config.environment import PROJECT
from workix.core.apps import foundation_apps
from workix.core.permissions import KNOWN, OPEN, OPERATOR, Permission, Role

PAGE = PROJECT / "docs" / "api.md"
BEGIN, END = "<!-- access matrix: written by `make docs` -->\n", "<!-- end of the access matrix -->\n"

WHO = ("anonymous", "viewer", "user", "admin", "another organization's admin", "operator")

#: Operation -> the status each of WHO gets, with a body that is right and, in the path, an id of the organization.
EXPECTED: Mapping[str, tuple[int, int, int, int, int, int]] = {
    "organizations_create": (201, 201, 201, 201, 201, 201),
    "sandboxes_create": (201, 201, 201, 201, 201, 201),
    "sandboxes_destroy": (401, 403, 403, 404, 404, 403),
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
    "me_second_factors_list": (401, 200, 200, 200, 200, 200),
    "me_second_factors_totp": (401, 201, 201, 201, 201, 201),
    "me_second_factors_totp_confirm": (401, 409, 409, 409, 409, 409),
    "me_second_factors_recovery_codes": (401, 409, 409, 409, 409, 409),
    "me_second_factors_destroy": (401, 404, 404, 204, 404, 404),
    "me_reauthentication": (401, 204, 204, 204, 204, 204),
    "auth_second_factor": (401, 401, 401, 401, 401, 401),
    "auth_second_factor_enrolment": (401, 401, 401, 401, 401, 401),
    "auth_second_factor_enrolment_confirm": (401, 401, 401, 401, 401, 401),
    "auth_second_factor_enrolment_passkey_options": (401, 401, 401, 401, 401, 401),
    "auth_second_factor_enrolment_passkey": (401, 401, 401, 401, 401, 401),
    "me_passkeys_list": (401, 200, 200, 200, 200, 200),
    # On the platform's host, which is asked here, people have no passkeys (409), and operators have (400: theirs is made up).
    "me_passkeys_options": (401, 409, 409, 409, 409, 200),
    "me_passkeys_create": (401, 409, 409, 409, 409, 400),
    "me_passkeys_partial_update": (401, 404, 404, 200, 404, 404),
    "me_passkeys_destroy": (401, 404, 404, 204, 404, 404),
    "me_reauthentication_passkey_options": (401, 409, 409, 409, 409, 200),
    "me_reauthentication_passkey": (401, 409, 409, 409, 409, 400),
    "me_reauthentication_sso": (401, 409, 409, 409, 409, 409),
    "me_reauthentication_sso_confirm": (401, 400, 400, 400, 400, 400),
    "auth_passkey_options": (200, 200, 200, 200, 200, 200),
    "auth_passkey": (401, 401, 401, 401, 401, 401),
    "auth_second_factor_passkey_options": (401, 401, 401, 401, 401, 401),
    "auth_second_factor_passkey": (401, 401, 401, 401, 401, 401),
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
    "users_second_factors_destroy": (401, 403, 403, 204, 404, 403),
    "api_keys_list": (401, 403, 403, 200, 200, 403),
    "api_keys_create": (401, 403, 403, 201, 201, 403),
    "api_keys_retrieve": (401, 403, 403, 200, 404, 403),
    "api_keys_partial_update": (401, 403, 403, 200, 404, 403),
    "api_keys_destroy": (401, 403, 403, 204, 404, 403),
    "api_keys_rotation_create": (401, 403, 403, 201, 404, 403),
    "api_keys_confirmation_create": (401, 403, 403, 200, 404, 403),
    "api_keys_report_leak": (202, 202, 202, 202, 202, 202),
    "agents_list": (401, 403, 200, 200, 200, 403),
    "agents_create": (401, 403, 400, 201, 201, 403),
    "agents_retrieve": (401, 403, 404, 200, 404, 403),
    "agents_partial_update": (401, 403, 404, 200, 404, 403),
    "agents_destroy": (401, 403, 404, 204, 404, 403),
    "agents_rotation_create": (401, 403, 404, 201, 404, 403),
    "agents_stop_create": (401, 403, 404, 200, 404, 403),
    "agents_stop_all_create": (401, 403, 403, 200, 200, 403),
    "agents_restart_create": (401, 403, 403, 409, 404, 403),
    "agents_usage_retrieve": (401, 403, 404, 200, 404, 403),
    "agents_usage_create": (401, 403, 404, 201, 404, 403),
    "proposals_list": (401, 403, 200, 200, 200, 403),
    "proposals_retrieve": (401, 403, 404, 200, 404, 403),
    "proposals_approval_create": (401, 403, 403, 200, 404, 403),
    "proposals_refusal_create": (401, 403, 403, 200, 404, 403),
    "approval_policy_retrieve": (401, 403, 403, 200, 200, 403),
    "approval_policy_update": (401, 403, 403, 200, 200, 403),
    "roles_list": (401, 403, 403, 200, 200, 403),
    "roles_create": (401, 403, 403, 201, 201, 403),
    "roles_retrieve": (401, 403, 403, 200, 404, 403),
    "roles_partial_update": (401, 403, 403, 200, 404, 403),
    "roles_destroy": (401, 403, 403, 204, 404, 403),
    "roles_members_list": (401, 403, 403, 200, 404, 403),
    "roles_members_create": (401, 403, 403, 201, 404, 403),
    "roles_members_destroy": (401, 403, 403, 204, 404, 403),
    "authz_permissions": (401, 200, 200, 200, 200, 200),
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
    "quotas_reservations_create": (401, 403, 403, 201, 201, 403),
    "quotas_reservations_commit_create": (401, 403, 403, 201, 404, 403),
    "quotas_reservations_release_create": (401, 403, 403, 200, 404, 403),
    "audit_logs_list": (401, 403, 403, 200, 200, 403),
    "audit_logs_retrieve": (401, 403, 403, 200, 404, 403),
    "audit_logs_explanation_retrieve": (401, 403, 403, 200, 404, 403),
    "audit_logs_proof_retrieve": (401, 403, 403, 200, 404, 403),
    "audit_logs_reversal_create": (401, 403, 403, 200, 404, 403),
    "audit_logs_checkpoints_list": (401, 403, 403, 200, 200, 403),
    "audit_logs_export_retrieve": (401, 403, 403, 200, 200, 403),
    "webhooks_list": (401, 403, 403, 200, 200, 403),
    "webhooks_create": (401, 403, 403, 201, 201, 403),
    "webhooks_retrieve": (401, 403, 403, 200, 404, 403),
    "webhooks_partial_update": (401, 403, 403, 200, 404, 403),
    "webhooks_destroy": (401, 403, 403, 204, 404, 403),
    "webhooks_deliveries_list": (401, 403, 403, 200, 404, 403),
    "webhooks_replay_create": (401, 403, 403, 200, 404, 403),
    "webhooks_rotate_secret_create": (401, 403, 403, 201, 404, 403),
    "webhooks_test_create": (401, 403, 403, 200, 404, 403),
    # What is asked about is in the query, which is missing here.
    "authz_explanation": (401, 400, 400, 400, 400, 400),
    "authz_holders_list": (401, 403, 403, 400, 400, 403),
    "privacy_exports_create": (401, 202, 202, 202, 202, 403),
    # Of Bob's export, a user's.
    "privacy_exports_retrieve": (401, 404, 200, 200, 404, 403),
    "privacy_exports_link_create": (401, 404, 201, 201, 404, 403),
    "privacy_exports_archive_create": (401, 404, 200, 200, 404, 403),
    # Of oneself, which an organization's last admin can't.
    "privacy_erasures_create": (401, 202, 202, 409, 409, 403),
    "privacy_erasures_preview_retrieve": (401, 200, 200, 200, 200, 403),
    # Of Bob's erasure.
    "privacy_erasures_retrieve": (401, 404, 200, 200, 404, 403),
    "privacy_erasures_destroy": (401, 404, 204, 204, 404, 403),
    "compliance_reports_list": (401, 403, 403, 200, 200, 403),
    "compliance_reports_create": (401, 403, 403, 202, 202, 403),
    "compliance_reports_retrieve": (401, 403, 403, 200, 404, 403),
    "compliance_reports_link_create": (401, 403, 403, 201, 404, 403),
    "compliance_reports_archive_create": (401, 403, 403, 200, 404, 403),
    # A key's alone, and no person's: what a key may there, tests/security/credentials/ says.
    "scim_users_list": (401, 401, 401, 401, 401, 401),
    "scim_users_search": (401, 401, 401, 401, 401, 401),
    "scim_users_retrieve": (401, 401, 401, 401, 401, 401),
    "scim_users_create": (401, 401, 401, 401, 401, 401),
    "scim_users_update": (401, 401, 401, 401, 401, 401),
    "scim_users_partial_update": (401, 401, 401, 401, 401, 401),
    "scim_users_destroy": (401, 401, 401, 401, 401, 401),
    "scim_groups_list": (401, 401, 401, 401, 401, 401),
    "scim_groups_retrieve": (401, 401, 401, 401, 401, 401),
    "scim_groups_update": (401, 401, 401, 401, 401, 401),
    "scim_groups_partial_update": (401, 401, 401, 401, 401, 401),
    "scim_resource_types_list": (401, 401, 401, 401, 401, 401),
    "scim_resource_types_retrieve": (401, 401, 401, 401, 401, 401),
    "scim_schemas_list": (401, 401, 401, 401, 401, 401),
    "scim_schemas_retrieve": (401, 401, 401, 401, 401, 401),
    "scim_service_provider_config": (401, 401, 401, 401, 401, 401),
}


def matrix() -> str:
    """Write both tables: permissions and who holds them, operations and who gets which answer."""
    return f"{_permissions()}\n{_operations()}"


def page() -> str:
    """Return docs/api.md with the matrix as it is now."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    return f"{before}{BEGIN}\n{matrix()}\n{END}{rest.partition(END)[2]}"


def _permissions() -> str:
    head = ("permission", *Role, "API key", "agent", "own role", OPERATOR, "allows")
    declared = {name: each for app in foundation_apps() for name, each in app.permissions.items()}
    return _table(head, (_permission_row(name, each) for name, each in declared.items()))


def _permission_row(name: str, permission: Permission) -> Iterator[str]:
    yield f"`{name}`"
    yield from (_tick(role in permission.held_by) for role in Role)
    yield from (_tick(holds) for holds in (permission.scope, permission.agent, bool(permission.held_by & set(Role))))
    yield from (_tick(OPERATOR in permission.held_by), permission.description)


def _operations() -> str:
    head = ("operation", "call", "permission", "API key", "agent", *WHO)
    described = _described()
    return _table(head, (_operation_row(*described[name], statuses) for name, statuses in EXPECTED.items()))


def _operation_row(call: str, operation: Mapping[str, Any], statuses: Iterable[int]) -> Iterator[str]:
    permission = str(operation["x-permission"])
    known = {name for each in operation.get("security", ()) for name in each}
    is_open = permission in (OPEN, KNOWN)
    yield from (f"`{operation['operationId']}`", f"`{call}`", permission if is_open else f"`{permission}`")
    for kind in ("api_key", "agent"):
        yield "as anybody" if is_open else "with this scope" if kind in known else "403"
    yield from map(str, statuses)


def _described() -> dict[str, tuple[str, Mapping[str, Any]]]:
    """Read the API document: the name of each operation, how it is called, and what is said of it."""
    from drf_spectacular.generators import SchemaGenerator  # noqa: PLC0415  # it imports models, after django.setup()

    document = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]  # the library's
    return {
        operation["operationId"]: (f"{method.upper()} {path.removeprefix('/api/v1')}", operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    names = tuple(head)
    lines = [names, ("---",) * len(names), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _tick(holds: bool) -> str:
    return "✓" if holds else ""


if __name__ == "__main__":
    django.setup()
    PAGE.write_text(page(), encoding="utf-8")
    print(PAGE.relative_to(PROJECT))
