"""Admin pages: people, sessions, organizations and operators, and the log-in form of both sites."""

from accounts.admin import login, organizations, users

__all__ = ["login", "organizations", "users"]
