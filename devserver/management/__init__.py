"""Management commands of a development machine."""
