"""The AppConfig of the privacy app."""

from django.utils.module_loading import autodiscover_modules

from workix.core.apps import FoundationAppConfig
from workix.core.permissions import ADMIN, EVERYONE, Permission
from workix.core.privileges import INSERT, SELECT, Privilege


class PrivacyConfig(FoundationAppConfig):
    name = "privacy"
    verbose_name = "Privacy"
    permissions = {
        "privacy:request": Permission("Have the own data exported, or be erased.", EVERYONE),
        "privacy:manage": Permission(
            "Have the data of anybody in the organization exported, or erased.", ADMIN, agent=True
        ),
        "compliance:report": Permission("Have compliance reports of the organization written, and take them.", ADMIN),
    }
    #: What an erasure did, and its certificate, the owner alone writes.
    privileges = {"erasures": (SELECT, INSERT, Privilege("UPDATE", ("status", "updated_at")))}

    def ready(self) -> None:
        """Find the controls of compliance reports: those of an app are in its module `compliance`."""
        autodiscover_modules("compliance")
