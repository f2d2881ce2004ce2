"""Doors of this floor into the dashboard and the console."""
