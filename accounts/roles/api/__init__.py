"""The API of own roles."""
