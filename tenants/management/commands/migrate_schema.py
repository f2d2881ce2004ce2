"""manage.py migrate_schema: Django's own migrate, in whatever schema the owner is working in. Called by `migrate`."""

from django.core.management.commands.migrate import Command

__all__ = ["Command"]
