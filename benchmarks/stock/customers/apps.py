"""Names the peer's shared app."""

from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "benchmarks.stock.customers"
