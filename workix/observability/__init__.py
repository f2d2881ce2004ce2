"""Logging, metrics, error reporting, health."""
