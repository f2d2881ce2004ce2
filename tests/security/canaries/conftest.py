"""Fixtures for the tests beside it."""

from tests.security.canaries.watching import log

__all__ = ["log"]
