"""Admin pages: people, sessions, organizations and operators, and the log-in form of both sites."""

from accounts.admin import failed_log_ins, login, organizations, switching, users

__all__ = ["failed_log_ins", "login", "organizations", "switching", "users"]
