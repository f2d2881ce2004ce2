"""Commands about plans and limits."""
