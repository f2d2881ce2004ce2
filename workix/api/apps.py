"""The API app: it owns the table of idempotency keys, in every schema."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "workix.api"
    label = "api"
    verbose_name = "API"
