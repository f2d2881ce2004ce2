"""The foundation's settings with the example's app, and no other: make run EXAMPLE=pipelines."""

from tools import foundation_settings
from tools.foundation_settings import *  # noqa: F403  # all of them

FEATURE_APPS = ["examples.pipelines"]
INSTALLED_APPS = [*foundation_settings.INSTALLED_APPS, "examples.pipelines"]
TENANT_APPS = [*foundation_settings.TENANT_APPS, "examples.pipelines"]
