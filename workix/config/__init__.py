"""The configuration: environment variables and secrets, read once, typed, and refused with every fault at once."""
