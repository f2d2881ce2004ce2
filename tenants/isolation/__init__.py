"""Everything that holds more power than a tenant. Review line by line."""
