"""The API of agents."""
