"""Steps of an explanation: each check of access control in the order of a request, and what it says."""

# Note [One truth]
# What explains does not know any rule. Each step calls the function that enforcement calls, or runs the condition that its
# statement has: `permits`, `reauthentication_refusal`, `network_refusal`, `is_let_in`, the look-ups of authentication. Those say
# no by returning the error; enforcement raises it, and a step quotes it. A test walks all operations and compares both.
#
# What no look at who asks can tell is not guessed: a step says `unknown`, and why.

from __future__ import annotations

from dataclasses import dataclass

from workix.core.errors import ProblemError

PASSED, REFUSED, UNKNOWN = "passed", "refused", "unknown"
OUTCOMES = (PASSED, REFUSED, UNKNOWN)


@dataclass(frozen=True, slots=True)
class Step:
    """One check: what it looks at, its outcome, a sentence, and the problem code a call would be refused with."""

    check: str
    outcome: str
    said: str
    code: str = ""


def passed(check: str, said: str) -> Step:
    return Step(check, PASSED, said)


def refused(check: str, refusal: ProblemError, said: str = "") -> Step:
    """Quote the error that a call would be answered with, or say more than that does."""
    return Step(check, REFUSED, said or refusal.detail, refusal.code)


def judged(check: str, refusal: ProblemError | None, said: str) -> Step:
    """Turn what enforcement says into a step: `said`, where it lets pass."""
    return passed(check, said) if refusal is None else refused(check, refusal)


def unknown(check: str, said: str) -> Step:
    return Step(check, UNKNOWN, said)
