"""Admin pages: people, invitations, sessions, API keys, single sign-on, policies, operators, and log-in to both sites."""

from accounts.admin import failed_log_ins, invitations, login, organizations, switching, users
from accounts.api_keys import admin as api_keys
from accounts.policies import admin as policies
from accounts.single_sign_on import admin as single_sign_on

__all__ = [
    "api_keys",
    "failed_log_ins",
    "invitations",
    "login",
    "organizations",
    "policies",
    "single_sign_on",
    "switching",
    "users",
]
