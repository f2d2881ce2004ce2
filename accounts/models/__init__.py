"""Models of the accounts app: users, sessions, e-mail tokens, invitations, API keys, second factors, passkeys, policies."""

from accounts.models.api_key import ApiKey
from accounts.models.email_token import EmailToken, Purpose
from accounts.models.invitation import Invitation
from accounts.models.passkey import Passkey, SpentPasskeyChallenge
from accounts.models.second_factor import LoginChallenge, RecoveryCode, SecondFactor
from accounts.models.security_policy import SecurityPolicy
from accounts.models.session import Session
from accounts.models.user import User

__all__ = [
    "ApiKey",
    "EmailToken",
    "Invitation",
    "LoginChallenge",
    "Passkey",
    "Purpose",
    "RecoveryCode",
    "SecondFactor",
    "SecurityPolicy",
    "Session",
    "SpentPasskeyChallenge",
    "User",
]
