"""What an app made for django-tenants does on this platform, in a process with settings of its own. Says it in JSON."""

from __future__ import annotations

import json

import django

django.setup()

from celery.contrib.testing.worker import start_worker  # noqa: E402  # after the apps are loaded
from django.db import DatabaseError, connection  # noqa: E402
from django_tenants.utils import get_tenant_model, schema_context, tenant_context  # noqa: E402

from accounts.models import User  # noqa: E402
from tests.integration.tenants.ecosystem.models import on_the_platform, where  # noqa: E402
from tests.integration.tenants.ecosystem.tasks import app, name_everybody  # noqa: E402
from workix.core.current import Current  # noqa: E402

with schema_context("public"):
    acme, globex = get_tenant_model().objects.order_by("slug")
told: dict[str, object] = {}

with tenant_context(acme):
    told["inside"] = [where(), on_the_platform(), where()]

with start_worker(app, perform_ping_check=False, shutdown_timeout=120):
    asked = []
    for turn in range(10):
        with tenant_context((acme, globex)[turn % 2]):
            asked.append(name_everybody.delay(f"turn {turn}"))
    told["answers"] = [each.get(timeout=120) for each in asked]

with tenant_context(globex):
    told["at once, in the same organization"] = name_everybody.apply(("eager",)).get()
    told["after it"] = where()

with tenant_context(acme):
    asked_for_globex = name_everybody.apply(("from acme",), headers={"_schema_name": globex.schema_name})
    told["at once, in another organization"] = asked_for_globex.get()
    try:
        told["after that"] = User.objects.count()
    except DatabaseError as error:
        told["after that"] = type(error).__name__

told["in the end"] = [connection.schema_name, connection.tenant.schema_name, str(Current.find_organization())]
print(json.dumps(told))  # noqa: T201  # read by the test
