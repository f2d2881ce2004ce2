"""Point-in-time views of accounts, from the audit trail."""
