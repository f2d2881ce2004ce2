"""Observability: Prometheus metrics; what the platform lets its operators see."""
