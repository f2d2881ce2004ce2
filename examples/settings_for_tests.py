"""The settings of the example's tests: the example's, with cheap passwords and mails that can be read."""

from examples.settings import *  # noqa: F403  # all of them
from tests.settings import EMAIL_BACKEND, PASSWORD_HASHERS

__all__ = ["EMAIL_BACKEND", "PASSWORD_HASHERS"]
