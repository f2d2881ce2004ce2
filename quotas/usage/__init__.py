"""Usage over time: an organization's own by month, with its chart, and that of all organizations for operators."""
