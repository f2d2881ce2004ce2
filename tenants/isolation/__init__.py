"""Isolation: everything that holds more privilege than a tenant role. Review line by line."""

# Raw SQL: this folder is made of it, and reviewed line by line.
# Bulk write: this folder writes what no model may.
