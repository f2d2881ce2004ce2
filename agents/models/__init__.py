"""Models of agents."""

from agents.models.agent import Agent, Mode

__all__ = ["Agent", "Mode"]
