"""Migrations of django-axes with UUID keys, in place of the library's own (MIGRATION_MODULES)."""
