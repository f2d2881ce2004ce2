"""What `manage.py run` says while it runs: the banner when the platform answers, then mails, then that it stops."""

from __future__ import annotations

import math
import time

from django.conf import settings

from devserver.banner import greet
from devserver.mail_links import MailLinks
from devserver.readiness import is_ready
from devserver.supervisor import Supervisor
from devserver.terminal import Terminal

READY_WITHIN_SECONDS = 60.0
_LOOK_EVERY_SECONDS = 0.2


class Announcements:
    """`look` is called again and again while processes run, and says each thing once."""

    def __init__(self, terminal: Terminal, metrics_bind: str) -> None:
        self._terminal = terminal
        self._metrics_bind = metrics_bind
        self._mails = MailLinks(settings.EMAIL_FILE_PATH)
        self._ready_by = time.monotonic() + READY_WITHIN_SECONDS
        self._next_look = 0.0
        self._has_greeted = self._has_said_stopping = False

    def look(self, supervisor: Supervisor) -> None:
        if time.monotonic() < self._next_look:
            return
        self._next_look = time.monotonic() + _LOOK_EVERY_SECONDS
        if supervisor.is_stopping:
            self._say_stopping()
        elif self._has_greeted:
            for mail in self._mails.new():
                self._terminal.say(mail)
        elif is_ready(settings.WORKIX.bind):
            greet(self._terminal, metrics_bind=self._metrics_bind)
            self._has_greeted = True
        elif time.monotonic() > self._ready_by:
            self._terminal.say(f"The web server does not answer yet; its log is in {settings.WORKIX.var / 'log'}.")
            self._ready_by = math.inf

    def _say_stopping(self) -> None:
        if not self._has_said_stopping:
            self._terminal.say("Stopping …", style="dim")
            self._has_said_stopping = True
