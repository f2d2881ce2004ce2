"""Pipelines: a feature app, with its models, API, dashboard pages, migrations and tests."""
