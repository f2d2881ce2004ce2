"""Privacy API: exports and erasures of a person."""
