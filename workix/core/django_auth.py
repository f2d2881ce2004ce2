"""Django's auth app without its tables: roles and permissions are in workix.core.permissions."""

from django.apps import AppConfig


class AuthConfig(AppConfig):
    """Keeps the forms and views the dashboard uses; connects no signal, so nothing asks for a permission table."""

    name = "django.contrib.auth"
    label = "auth"
    verbose_name = "Authentication"
    default_auto_field = "django.db.models.AutoField"
