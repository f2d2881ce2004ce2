"""Admin pages: people, invitations, sessions, roles, API keys, policies, organizations, operators, and log-in to both sites."""

from accounts.admin import account, failed_log_ins, invitations, login, organizations, passkeys, switching, users
from accounts.admin.second_factors import my_account as second_factors
from accounts.api_keys import admin as api_keys
from accounts.policies import admin as policies
from accounts.roles import admin as roles

__all__ = [
    "account",
    "api_keys",
    "failed_log_ins",
    "invitations",
    "login",
    "organizations",
    "passkeys",
    "policies",
    "roles",
    "second_factors",
    "switching",
    "users",
]
