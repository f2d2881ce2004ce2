"""Pages of API keys in the dashboard: Django finds what is imported here."""

from accounts.api_keys.admin.api_keys import ApiKeyAdmin

__all__ = ["ApiKeyAdmin"]
