"""Examples: feature apps made by docs/new-app.md, each loaded by examples/settings.py alone."""
