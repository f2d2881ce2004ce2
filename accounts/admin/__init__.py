"""Admin pages: people, invitations, sessions, organizations and operators, and the log-in form of both sites."""

from accounts.admin import failed_log_ins, invitations, login, organizations, users

__all__ = ["failed_log_ins", "invitations", "login", "organizations", "users"]
