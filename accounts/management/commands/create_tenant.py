"""manage.py create_tenant: create_organization, by the name django-tenants has for it."""

from accounts.management.commands.create_organization import Command

__all__ = ["Command"]
