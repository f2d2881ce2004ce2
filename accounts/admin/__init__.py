"""Admin pages: people, roles, log-in, keys, single sign-on, policies, organizations and operators."""

from accounts.admin import (
    account,
    failed_log_ins,
    invitations,
    login,
    organizations,
    passkeys,
    sso_reauthentication,
    switching,
    users,
)
from accounts.admin.second_factors import my_account as second_factors
from accounts.api_keys import admin as api_keys
from accounts.policies import admin as policies
from accounts.roles import admin as roles
from accounts.single_sign_on import admin as single_sign_on

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
    "single_sign_on",
    "sso_reauthentication",
    "switching",
    "users",
]
