"""Where each part of the topology is: its folder, its ports, and what is found where."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from devserver.ports import find_free_port, why_unusable

HOST = "127.0.0.1"
#: The platform host. Organizations are below it, where a wildcard certificate is valid (of `*.localhost` none is).
NAME = "workix.localhost"
#: Web servers, each a gunicorn of its own.
WEB = ("web-1", "web-2")
#: What starts side by side, when what stands before it is ready; it is stopped the other way round.
STAGES = (("pgbouncer", "redis", "mailbox"), (*WEB, "worker"), ("nginx", "prometheus"))


class CannotListen(RuntimeError):
    """A port that was asked for is taken."""


@dataclass(frozen=True)
class Ports:
    """TCP ports on loopback. Those of nginx are for people; the others are for the parts among themselves."""

    https: int
    http: int
    pgbouncer: int
    redis: int
    smtp: int
    prometheus: int
    web_1: int
    web_1_metrics: int
    web_2: int
    web_2_metrics: int
    worker_metrics: int

    @classmethod
    def choose(cls, **asked: int) -> Ports:
        """Take the ports that were asked for, and free ones for the rest.

        :raises CannotListen: naming one that is taken.
        """
        for name, port in asked.items():
            if port and (reason := why_unusable(f"{HOST}:{port}")):
                raise CannotListen(f"Port {port} ({name}): {reason}. Choose another one with --{name}, 0 for any.")
        return cls(**{each.name: asked.get(each.name) or find_free_port() for each in fields(cls)})

    def of(self, service: str, suffix: str = "") -> int:
        """Look a port up by the name of its service: `web-1`, `web-1` and `_metrics`."""
        return int(getattr(self, service.replace("-", "_") + suffix))


@dataclass(frozen=True)
class Site:
    """One topology: everything it keeps is in `folder`."""

    folder: Path
    ports: Ports

    @property
    def secrets(self) -> Path:
        return self.folder / "secrets"

    @property
    def url(self) -> str:
        return f"https://{NAME}:{self.ports.https}"

    @property
    def mail(self) -> Path:
        return self.folder / "mail"

    def announce(self) -> None:
        """Write down for others where everything is, once it is ready: addresses.json."""
        found = {"url": self.url, "ports": asdict(self.ports)}
        (self.folder / "addresses.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
