"""Models of the accounts app: users, sessions, e-mail tokens, invitations, API keys, custom roles."""

from accounts.models.api_key import ApiKey
from accounts.models.custom_role import CustomRole, RoleMember
from accounts.models.email_token import EmailToken, Purpose
from accounts.models.invitation import Invitation
from accounts.models.session import Session
from accounts.models.user import User

__all__ = ["ApiKey", "CustomRole", "EmailToken", "Invitation", "Purpose", "RoleMember", "Session", "User"]
