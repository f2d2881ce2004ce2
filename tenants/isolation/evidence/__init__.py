"""Evidence of the isolation for one organization: what is shown to its own admins and auditors."""
