"""Models of agents."""

from agents.models.agent import Agent, Mode
from agents.models.approval_policy import ApprovalPolicy
from agents.models.limits import AgentDeletions, AgentRow, AgentUsage
from agents.models.proposal import LIFETIME, OPEN, Proposal, Status

__all__ = [
    "LIFETIME",
    "OPEN",
    "Agent",
    "AgentDeletions",
    "AgentRow",
    "AgentUsage",
    "ApprovalPolicy",
    "Mode",
    "Proposal",
    "Status",
]
