"""Controls of compliance reports that the foundation has; an app on top has its own in its module `compliance`."""

from privacy.compliance.controls import access, data_rights, events, isolation, settings_in_force, trail

__all__ = ["access", "data_rights", "events", "isolation", "settings_in_force", "trail"]
