"""The product's settings with the example's app: make run EXAMPLE=pipelines."""

from workix import settings
from workix.settings import *  # noqa: F403  # all of them

FEATURE_APPS = [*settings.FEATURE_APPS, "examples.pipelines"]
INSTALLED_APPS = [*settings.INSTALLED_APPS, "examples.pipelines"]
TENANT_APPS = [*settings.TENANT_APPS, "examples.pipelines"]
