"""WSGI entry point of the web server: the platform, and on an address of its own the metrics."""

import os
from wsgiref.types import WSGIApplication

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workix.settings")
application: WSGIApplication = get_wsgi_application()

from django.conf import settings  # noqa: E402  # only now are they there

from workix.web.chunked_bodies import with_length  # noqa: E402
from workix.web.well_formed import in_utf_8_only  # noqa: E402

application = with_length(in_utf_8_only(application), largest=settings.DATA_UPLOAD_MAX_MEMORY_SIZE)

if settings.METRICS["folder"] is not None:
    from workix.observability.exporter import Exporter, at_listener

    application = at_listener(settings.WORKIX.metrics_bind, Exporter(**settings.METRICS), elsewhere=application)
