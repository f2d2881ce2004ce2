"""Settings of the feature app's benchmark: the example's, with a hash that costs nothing, since adding a person makes one."""

from django.contrib.auth.hashers import Argon2PasswordHasher

from examples.settings import *  # noqa: F403  # all of them


class CheapHasher(Argon2PasswordHasher):
    time_cost, memory_cost, parallelism = 1, 8, 1


PASSWORD_HASHERS = ["benchmarks.sides.feature_app_settings.CheapHasher"]
