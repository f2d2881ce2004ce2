"""Migrations of the quotas app."""
