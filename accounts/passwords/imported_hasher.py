"""Password hasher of Django's for hashes from elsewhere (bcrypt, scrypt, Argon2id, PBKDF2): it compares, and makes none."""

# Note [The time of an imported hash]
# Until its first log-in an imported hash takes the time that its own algorithm and cost take, and nobody's password takes the
# time of one of ours. So whoever measures may tell that an address is known, until its person has logged in once; to hide it,
# every log-in would have to work out both. Guesses are counted all the same: ten for each address (accounts/login/attempts.py).

from __future__ import annotations

import hmac
from typing import Any

from django.contrib.auth.hashers import BasePasswordHasher

from accounts.login.hashers import one_of_few
from accounts.passwords.imported_hashes import UnknownHash, read

_PREFIX = "imported$"


def as_imported(text: str) -> str:
    """Write a hash from elsewhere as our column keeps it.

    :raises UnknownHash: when it is none that we take.
    """
    read(text)
    return _PREFIX + text


class ImportedHasher(BasePasswordHasher):
    """Its hashes are replaced at the next log-in: see `must_be_rehashed`. See Note [The time of an imported hash]."""

    algorithm = "imported"

    def verify(self, password: str, encoded: str) -> bool:
        try:
            imported = read(encoded.removeprefix(_PREFIX))
        except UnknownHash:  # nothing that an import wrote
            return False
        with one_of_few():
            return hmac.compare_digest(imported.derive(password.encode()), imported.expected)

    def decode(self, encoded: str) -> dict[str, Any]:
        return {"algorithm": self.algorithm}

    def safe_summary(self, encoded: str) -> dict[str, Any]:
        return self.decode(encoded)

    def must_update(self, encoded: str) -> bool:
        return True

    def harden_runtime(self, password: str, encoded: str) -> None:
        """See Note [The time of an imported hash]."""
