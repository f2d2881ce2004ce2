"""A small typed client of the Workix API, with httpx: tokens or a key, problems as errors, idempotency, pages."""

from workix_client.client import Workix, log_in
from workix_client.credentials import Key, Tokens
from workix_client.objects import Consumption, Person
from workix_client.problems import Problem, WorkixError

__all__ = ["Consumption", "Key", "Person", "Problem", "Tokens", "Workix", "WorkixError", "log_in"]
