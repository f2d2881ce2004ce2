"""A mail server that delivers to nobody (SMTP, RFC 5321): what it takes lies in a folder, one .eml file a mail.

`python -m tools.topology.mailbox 2525 var/topology/mail`
"""

from __future__ import annotations

import socketserver
import sys
from itertools import count
from pathlib import Path
from typing import Any

_LONGEST = 10_000_000


class _Session(socketserver.StreamRequestHandler):
    server: Mailbox
    timeout = 60

    def handle(self) -> None:
        self._say("220 mailbox")
        while line := self.rfile.readline(2_000).decode(errors="replace").strip():
            match line[:4].upper():
                case "DATA":
                    self._say("354 go on")
                    self.server.keep(self._data())
                    self._say("250 kept")
                case "QUIT":
                    self._say("221 bye")
                    return
                case "EHLO" | "HELO" | "MAIL" | "RCPT" | "RSET" | "NOOP":
                    self._say("250 yes")
                case _:
                    self._say("502 no such command")

    def _data(self) -> bytes:
        lines, size = [], 0
        while (line := self.rfile.readline(2_000)) not in (b".\r\n", b""):
            size += len(line)
            if size <= _LONGEST:
                lines.append(line.removeprefix(b"."))
        return b"".join(lines)

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


class Mailbox(socketserver.ThreadingTCPServer):
    """Listens on loopback, and keeps mails in `folder`."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port: int, folder: Path) -> None:
        super().__init__(("127.0.0.1", port), _Session)
        self._folder, self._numbers = folder, count(1)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def keep(self, mail: bytes) -> None:
        """Write a mail whole: who looks at the folder meanwhile sees it or does not."""
        name = f"{next(self._numbers):06}"
        draft = self._folder / f".{name}.draft"
        draft.write_bytes(mail)
        draft.replace(self._folder / f"{name}.eml")

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away is no news."""


if __name__ == "__main__":
    with Mailbox(int(sys.argv[1]), Path(sys.argv[2])) as mailbox:
        mailbox.serve_forever()
