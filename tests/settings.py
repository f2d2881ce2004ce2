"""The settings of the foundation's tests: no feature app is there; passwords are cheap, and mails can be read."""

from accounts.login.hashers import Argon2Hasher
from tools.foundation_settings import *  # noqa: F403  # all of them


class CheapHasher(Argon2Hasher):
    """The real algorithm at its lowest cost: tests hash often and protect nobody."""

    time_cost, memory_cost, parallelism = 1, 8, 1


PASSWORD_HASHERS = [
    "tests.settings.CheapHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.BCryptSHA256PasswordHasher",
    "accounts.login.hashers.ImportedHasher",
]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
