"""Reading the audit trail: entries in words for people."""
