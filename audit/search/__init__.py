"""Full text search in the audit trail."""
