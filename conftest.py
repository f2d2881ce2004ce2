"""Hands the fixtures of pytest to every test, wherever it stands: in tests/, or in an app's own folder."""

pytest_plugins = ["tests.fixtures"]
