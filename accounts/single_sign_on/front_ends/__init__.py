"""Front-ends that sign people on: which providers they are told of, where they are returned to, and their one-time codes."""
