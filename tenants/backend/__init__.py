"""Database backend that logs in as the organization's own role."""
