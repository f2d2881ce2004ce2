"""Admin pages of agents."""

from agents.explanations import admin as explanations

__all__ = ["explanations"]
