"""Isolation: everything that holds more privilege than a tenant role. Review line by line."""
