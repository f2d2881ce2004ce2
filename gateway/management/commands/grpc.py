"""manage.py grpc: serves quotas, introspection and authorization over gRPC, until it is told to end (SIGTERM)."""

from __future__ import annotations

import gc
import os
import signal
import threading
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from tenants.isolation.startup import refuse_unsafe_roles
from workix.core import commands
from workix.core.checks import refuse_incomplete_apps
from workix.observability.exporter_server import show_metrics

#: What of gRPC's own experiments is left off, unless GRPC_EXPERIMENTS says otherwise. Its event engine, which is on by default,
#: waits for the network in threads of its own, and hands what comes to ours; without it, the thread that takes it waits itself.
EXPERIMENTS = "-event_engine_listener,-event_engine_client"


class Command(commands.Command):
    help = "Serves gRPC until it is told to end: what is under way is answered, and nothing new is taken."
    tells_nothing = "It runs until it is stopped; its log lines are JSON."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--bind", default=settings.WORKIX.grpc_bind, help="Where it listens: 127.0.0.1:50051.")

    def handle(self, *args: Any, bind: str, **options: Any) -> None:
        if find_spec("grpc") is None:
            raise CommandError(
                "gRPC is an extra, which is not installed: requirements-grpc.txt, or an image built with --build-arg GRPC=yes."
            )
        os.environ.setdefault("GRPC_EXPERIMENTS", EXPERIMENTS)  # read as it is loaded
        from gateway.grpc.server import begin  # noqa: PLC0415  # it needs the extra

        refuse_incomplete_apps()
        refuse_unsafe_roles()
        told = threading.Event()
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, lambda *_: told.set())
        show_metrics("grpc")
        server = begin(settings.WORKIX, bind)
        _settle()
        told.wait()
        server.stop(drain=settings.WORKIX.drain_seconds).wait()


def _settle() -> None:
    """Leave what was loaded at start out of garbage collection, as a worker of the web server does."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 50, 50)
