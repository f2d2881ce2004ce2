"""Migrations of the API's own table."""
