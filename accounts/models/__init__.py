"""The rows of people and of their ways in."""

from accounts.models.email_token import MailedToken, Purpose
from accounts.models.session import Session
from accounts.models.user import User

__all__ = ["MailedToken", "Purpose", "Session", "User"]
