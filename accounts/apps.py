"""The AppConfig of the accounts app."""

from workix.core.apps import FoundationAppConfig
from workix.core.permissions import ADMIN, EVERYONE, OPERATORS, Permission
from workix.core.privileges import DELETE, EVERY_ROW, INSERT, SELECT, UPDATE, Privilege


class AccountsConfig(FoundationAppConfig):
    name = "accounts"
    verbose_name = "People"
    permissions = {
        "profile:read": Permission("Read the own profile and sessions.", EVERYONE | OPERATORS),
        "profile:write": Permission("Change the own profile and password, end own sessions.", EVERYONE | OPERATORS),
        "users:read": Permission("Read who works in the organization.", EVERYONE, scope=True, agent=True),
        "users:write": Permission("Invite, add, change and remove people.", ADMIN, agent=True),
        "roles:read": Permission(
            "Read which roles the organization has of its own, and who has them.", ADMIN, agent=True
        ),
        "roles:write": Permission(
            "Compose, change and delete own roles, give them to people and take them.", ADMIN, agent=True
        ),
        "scim:provision": Permission(
            "Provision people and roles as an identity provider does (SCIM).", ADMIN, scope=True
        ),
        "api_keys:read": Permission("Read which API keys there are, and what each may do.", ADMIN, agent=True),
        "api_keys:write": Permission("Issue, change, confirm, rotate and revoke API keys.", ADMIN),
        "identity_providers:read": Permission("Read which identity providers sign people on.", ADMIN, agent=True),
        "identity_providers:write": Permission("Add, change, test and remove identity providers.", ADMIN),
    }
    privileges = {
        "security_policies": (SELECT, INSERT, UPDATE),
        "former_passwords": (SELECT, INSERT, DELETE),
    }
    control_privileges = {
        "users": EVERY_ROW,
        "sessions": EVERY_ROW,
        "email_tokens": EVERY_ROW,
        "second_factors": EVERY_ROW,
        "recovery_codes": EVERY_ROW,
        "login_challenges": EVERY_ROW,
        "passkeys": EVERY_ROW,
        "spent_passkey_challenges": EVERY_ROW,
        # Operators have no keys, and nobody is invited to the platform: the tables of `public` are empty, and swept like others.
        "api_keys": (SELECT, DELETE, Privilege("UPDATE", ("deleted_at",))),
        "invitations": (SELECT, DELETE, Privilege("UPDATE", ("ended_at",))),
        "sign_ons": (SELECT, DELETE, Privilege("UPDATE", ("used_at",))),
    }

    tenant_functions = ("add_to_email_index(text)", "remove_from_email_index(text)")

    def ready(self) -> None:
        import accounts.single_sign_on.tasks  # noqa: F401, PLC0415  # its jobs; accounts.tasks lies below it
        from accounts.authentication.streams import end_stream  # noqa: PLC0415
        from accounts.notices.quota_warnings import tell_admins  # noqa: PLC0415  # models are there only now
        from quotas.entitlements.warnings import quota_warned  # noqa: PLC0415
        from workix.core.signals import response_going_on  # noqa: PLC0415

        quota_warned.connect(tell_admins)
        response_going_on.connect(end_stream)
