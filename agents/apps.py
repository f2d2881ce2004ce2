"""The AppConfig of the agents app."""

from workix.core.apps import FoundationAppConfig
from workix.core.errors import refused_by_database
from workix.core.permissions import ADMIN, ADMIN_AND_USER, Permission
from workix.core.privileges import INSERT, SELECT, UPDATE


class AgentsConfig(FoundationAppConfig):
    name = "agents"
    verbose_name = "Agents"
    permissions = {
        "agents:read": Permission("Read the own agents, and what they may do.", ADMIN_AND_USER),
        "agents:write": Permission("Create, change, stop and remove the own agents.", ADMIN_AND_USER),
        "agents:manage": Permission("Do so with anybody's agents.", ADMIN),
        "agents:report": Permission("Report what runs of agents cost.", ADMIN_AND_USER, agent=True),
        "proposals:read": Permission("Read what the own agents ask approval for.", ADMIN_AND_USER, agent=True),
        "authz:read": Permission("Ask why others may or may not do something, and who could.", ADMIN),
        "proposals:decide": Permission("Read, approve and refuse what anybody's agents ask approval for.", ADMIN),
    }
    #: What limits count is the triggers' to write.
    privileges = {
        "approval_policies": (SELECT, INSERT, UPDATE),
        "agent_deletions": (SELECT,),
        "agent_rows": (SELECT,),
    }

    def ready(self) -> None:
        import agents.explanations.approvals  # noqa: F401, PLC0415  # tells of entries; models come first
        from accounts.api_keys.leaks import agents_key_leaked  # noqa: PLC0415  # models come first
        from accounts.members import person_removed  # noqa: PLC0415
        from agents.leaks import stop_leaked  # noqa: PLC0415
        from agents.limits.deletions import REFUSED_AS, too_many_deletions  # noqa: PLC0415
        from agents.limits.rows import hold_rows  # noqa: PLC0415
        from agents.proposals.ending import drop_stopped  # noqa: PLC0415
        from agents.signals import agent_removed, agent_stopped  # noqa: PLC0415
        from agents.stopping.jobs import end_job  # noqa: PLC0415
        from agents.stopping.owners import stop_those_of  # noqa: PLC0415
        from agents.stopping.streams import end_stream  # noqa: PLC0415
        from agents.stopping.tasks import end_pending_of  # noqa: PLC0415
        from tenants.signals import agent_job_going_on  # noqa: PLC0415
        from workix.core.signals import response_going_on  # noqa: PLC0415

        hold_rows()
        agents_key_leaked.connect(stop_leaked)
        person_removed.connect(stop_those_of)
        agent_stopped.connect(drop_stopped)
        agent_stopped.connect(end_pending_of)
        agent_removed.connect(drop_stopped)
        agent_removed.connect(end_pending_of)
        agent_job_going_on.connect(end_job)
        response_going_on.connect(end_stream)
        refused_by_database[REFUSED_AS] = too_many_deletions
