"""Models of the accounts app: users, sessions, e-mail tokens, former passwords, invitations, API keys, security policies."""

from accounts.models.api_key import ApiKey
from accounts.models.email_token import EmailToken, Purpose
from accounts.models.former_password import FormerPassword
from accounts.models.invitation import Invitation
from accounts.models.security_policy import SecurityPolicy
from accounts.models.session import Session
from accounts.models.user import User

__all__ = ["ApiKey", "EmailToken", "FormerPassword", "Invitation", "Purpose", "SecurityPolicy", "Session", "User"]
