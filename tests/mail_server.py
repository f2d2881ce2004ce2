"""A mail server (SMTP) on this machine that answers a command as a test wants, or not at all."""

from __future__ import annotations

import socketserver
import threading
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Self

ANSWERS = {"EHLO": "250 tests", "MAIL": "250 fine", "RCPT": "250 fine", "DATA": "354 go on", "QUIT": "221 bye"}
#: The answer that never comes.
SILENCE = ""


class MailServer(socketserver.ThreadingTCPServer):
    """Speaks as much SMTP as our side does. `answers` are by command; `taken` counts mails, `recipients` by address, and
    `commands` are all it heard.
    """

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, answers: Mapping[str, str], port: int = 0) -> None:
        self.answers = {**ANSWERS, **answers}
        self.taken = 0
        self.commands: list[str] = []
        self.recipients: Counter[str] = Counter()
        self.asked = threading.Event()
        super().__init__(("127.0.0.1", port), _Dialogue)

        host, port = self.socket.getsockname()
        self.address = (str(host), int(port))

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, args=[0.05], daemon=True).start()
        return self

    def close(self) -> None:
        self.shutdown()
        self.server_close()

    def __exit__(self, *exc: Any) -> None:
        if self.socket.fileno() != -1:
            self.close()


class _Dialogue(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        with suppress(ConnectionError):  # whoever asked was killed
            self._talk()

    def _talk(self) -> None:
        recipient = ""
        self._say("220 tests")
        for line in self.rfile:
            self.server.commands.append(line.decode().strip())
            command = line.decode().split()[0].upper() if line.strip() else ""
            answer = self.server.answers.get(command, "250 fine")
            if answer == SILENCE:
                self.server.asked.set()
                threading.Event().wait(300)
            self._say(answer)
            if command == "RCPT":
                recipient = line.decode().partition("<")[2].partition(">")[0]
            if command == "DATA" and answer.startswith("354"):
                while self.rfile.readline().rstrip(b"\r\n") != b".":
                    pass
                self.server.taken += 1
                self.server.recipients[recipient] += 1
                self._say("250 taken")
            if command == "QUIT":
                return

    def _say(self, answer: str) -> None:
        self.wfile.write(answer.encode() + b"\r\n")
