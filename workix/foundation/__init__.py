"""The ground floor: imports nothing of ours."""
