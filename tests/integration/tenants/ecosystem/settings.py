"""Settings of a platform with apps made for django-tenants: the library itself, and one whose models module imports it."""

from tests.settings import *  # noqa: F403  # all of them
from tests.settings import INSTALLED_APPS, SHARED_APPS

SHARED_APPS = [*SHARED_APPS, "django_tenants"]
INSTALLED_APPS = [*INSTALLED_APPS, "django_tenants", "tests.integration.tenants.ecosystem"]
CELERY_BROKER_URL = "memory://"
CELERY_RESULT_BACKEND = "cache+memory://"
