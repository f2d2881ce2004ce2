"""The audit trail: what happened, who did it, why."""
