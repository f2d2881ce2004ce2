"""The ground floor: imports nothing of ours."""

# Raw SQL: makes the owner role on the bundled server.
