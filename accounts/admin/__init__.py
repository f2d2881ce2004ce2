"""Admin pages: people, invitations, sessions, API keys, policies, organizations and operators, and log-in to both sites."""

from accounts.admin import failed_log_ins, invitations, login, organizations, switching, users
from accounts.api_keys import admin as api_keys
from accounts.policies import admin as policies

__all__ = ["api_keys", "failed_log_ins", "invitations", "login", "organizations", "policies", "switching", "users"]
