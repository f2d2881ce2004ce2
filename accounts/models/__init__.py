"""Models of the accounts app: users, sessions, e-mail tokens, former passwords, invitations, API keys, policies, providers."""

from accounts.models.api_key import ApiKey
from accounts.models.email_token import EmailToken, Purpose
from accounts.models.former_password import FormerPassword
from accounts.models.identity_provider import ExternalIdentity, IdentityProvider, SignOn, SignOnProtocol, SignOnPurpose
from accounts.models.invitation import Invitation
from accounts.models.security_policy import SecurityPolicy
from accounts.models.session import Session
from accounts.models.user import User

__all__ = [
    "ApiKey",
    "EmailToken",
    "ExternalIdentity",
    "FormerPassword",
    "IdentityProvider",
    "Invitation",
    "Purpose",
    "SecurityPolicy",
    "Session",
    "SignOn",
    "SignOnProtocol",
    "SignOnPurpose",
    "User",
]
