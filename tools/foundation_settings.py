"""The settings of the foundation alone, without any feature app: the committed OpenAPI document (contract) is of it."""

from workix import settings
from workix.settings import *  # noqa: F403  # all the others

FEATURE_APPS = []
INSTALLED_APPS = [app for app in settings.INSTALLED_APPS if app not in settings.FEATURE_APPS]
TENANT_APPS = [app for app in settings.TENANT_APPS if app not in settings.FEATURE_APPS]
