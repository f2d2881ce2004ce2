"""Names the peer's tenant app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "benchmarks.stock.people"
