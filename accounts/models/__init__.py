"""Models of accounts: users, their credentials, sessions and roles, e-mail tokens, invitations, API keys, policies, providers."""

from accounts.models.api_key import ApiKey
from accounts.models.challenges import LoginChallenge, SpentPasskeyChallenge
from accounts.models.custom_role import CustomRole, RoleMember
from accounts.models.email_token import EmailToken, Purpose
from accounts.models.former_password import FormerPassword
from accounts.models.identity_provider import ExternalIdentity, IdentityProvider, SignOn, SignOnProtocol, SignOnPurpose
from accounts.models.invitation import Invitation
from accounts.models.passkey import Passkey
from accounts.models.recovery_code import RecoveryCode
from accounts.models.second_factor import SecondFactor
from accounts.models.security_policy import SecurityPolicy
from accounts.models.session import Session
from accounts.models.user import User

__all__ = [
    "ApiKey",
    "CustomRole",
    "EmailToken",
    "ExternalIdentity",
    "FormerPassword",
    "IdentityProvider",
    "Invitation",
    "LoginChallenge",
    "Passkey",
    "Purpose",
    "RecoveryCode",
    "RoleMember",
    "SecondFactor",
    "SecurityPolicy",
    "Session",
    "SignOn",
    "SignOnProtocol",
    "SignOnPurpose",
    "SpentPasskeyChallenge",
    "User",
]
