"""Models of the accounts app: users, sessions, e-mail tokens, API keys."""

from accounts.models.email_token import EmailToken, Purpose
from accounts.models.session import Session
from accounts.models.user import User

from accounts.api_keys.models import ApiKey  # isort: skip  # it needs the one above

__all__ = ["ApiKey", "EmailToken", "Purpose", "Session", "User"]
