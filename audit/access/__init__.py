"""Access log: reads of sensitive rows as entries of the audit trail."""
