"""Slow clients: how long everybody else waits while hundreds of requests do not arrive."""
