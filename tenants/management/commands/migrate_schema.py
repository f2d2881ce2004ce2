"""manage.py migrate_schema: Django's own migrate, in one schema. Called by `migrate`."""

from django.core.management.commands.migrate import Command

__all__ = ["Command"]
