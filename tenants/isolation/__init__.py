"""Everything that holds more power than a tenant. Review line by line."""

# Raw SQL: this folder is made of it, and reviewed line by line.
# Bulk write: this folder writes what no model may.
