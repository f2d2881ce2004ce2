"""Password rules: length, and how easily it is guessed (common passwords, sequences, what it is for)."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.models import User
from accounts.models.security_policy import SHORTEST, find_policy
from accounts.passwords.guesses import decades
from accounts.passwords.normalization import normalized
from workix.core.current import Current
from workix.core.errors import Invalid

#: Source: NIST SP 800-63B-4, section 3.1.1: long, not on a blocklist, and no rules of composition. How long at least, the policy
#: of the organization says, for whatever password is set in it; where there is none, as at a sign-up, SHORTEST.
LONGEST = 128
#: Guesses, as a power of ten, that a password must withstand. Source: zxcvbn (USENIX Security 2016), whose best score begins at
#: 10^10: safe from whoever has a slow hash of it and tries them all.
SAFE = 10.0


class LengthValidator:
    """Counts characters, whatever they are."""

    def __init__(self, shortest: int = SHORTEST) -> None:
        self.shortest = shortest

    def validate(self, password: str, user: object = None) -> None:
        if not self.shortest <= len(password) <= LONGEST:
            raise ValidationError(self.get_help_text(), code="password_length")

    def get_help_text(self) -> str:
        return f"Use {self.shortest} to {LONGEST} characters. Several words are a good choice."


class GuessValidator:
    """Refuses what is guessed soon: see Note [Guesses]. Its like are OWASP ASVS 5, 6.2.4 and 6.2.11."""

    def __init__(self, about: Iterable[str] = ()) -> None:
        self.about = tuple(about)

    def validate(self, password: str, user: object = None) -> None:
        about = (*self.about, *(words_about(user) if isinstance(user, User) else ()))
        if decades(password, about=about) < SAFE:
            raise ValidationError(self.get_help_text(), code="password_too_common")

    def get_help_text(self) -> str:
        return (
            "This is easily guessed: common words, names, rows of keys and repetitions count for little. "
            "Several words that do not belong together are a good choice."
        )


def check_new_password(password: str, *, about: Iterable[str] = (), field: str = "password") -> str:
    """Return `password`, in its one form, if somebody may use it. `about` is what is known of them, which others try first.

    :raises Invalid: when it is too short, too long, or easily guessed.
    """
    password = normalized(password)
    here = Current.find_organization()
    known = (*about, *((here.name, here.slug) if here is not None else ()))
    try:
        validate_password(
            password, password_validators=[LengthValidator(find_policy().shortest_password), GuessValidator(known)]
        )
    except ValidationError as error:
        first = error.error_list[0]
        raise Invalid(" ".join(error.messages), field=field, problem=str(first.code)) from error
    return password


def words_about(user: User) -> tuple[str, ...]:
    """List what a person is known by."""
    return user.email, user.first_name, user.last_name
