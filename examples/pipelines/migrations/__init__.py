"""Migrations of pipelines."""
