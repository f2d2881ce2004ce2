"""Admin pages: people, invitations, sessions, roles, API keys, organizations and operators, and the log-in form of both sites."""

from accounts.admin import failed_log_ins, invitations, login, organizations, switching, users
from accounts.api_keys import admin as api_keys
from accounts.roles import admin as roles

__all__ = ["api_keys", "failed_log_ins", "invitations", "login", "organizations", "roles", "switching", "users"]
