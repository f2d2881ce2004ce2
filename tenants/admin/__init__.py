"""Admin pages: domains and jobs in the console; a scheduled removal and a sandbox's end in the dashboard."""

from tenants.admin import domains, jobs, panels, removal, sandboxes

__all__ = ["domains", "jobs", "panels", "removal", "sandboxes"]
