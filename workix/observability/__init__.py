"""Observability: logging, metrics, error reporting, health."""
