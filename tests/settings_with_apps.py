"""The settings of the tests of feature apps: the product's, with cheap passwords and mails that can be read."""

from tests.settings import EMAIL_BACKEND, PASSWORD_HASHERS
from workix.settings import *  # noqa: F403  # all the others

__all__ = ["EMAIL_BACKEND", "PASSWORD_HASHERS"]
