"""The process supervisor of `make run` (honcho): where one process ends, all do, and none is restarted in silence."""

# Note [What honcho leaves to us]
# honcho starts processes in sessions of their own, relays their output, passes INT and TERM on, and ends all when one
# ends. These promises are ours, kept through its public methods and its queue `events`, which we read along:
# - It kills 5 seconds after the first has ended, and never if none ends. Our web server finishes the requests it has
#   for 20 seconds, so `kill` waits for a deadline, and comes then in any case.
# - A signal before every process has told its pid is a KeyError in it, and children left behind: `terminate` waits.
# - It does not know HUP, which a closed terminal sends.
# - It tells nobody which process ended first, nor the pids that `make stop` needs from another terminal.

from __future__ import annotations

import multiprocessing
import multiprocessing.queues
import shlex
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from honcho.manager import Manager
from honcho.printer import Message, Printer

from devserver import pid_files

#: The web server finishes the requests it has, for 20 seconds.
TIMEOUT_SECONDS = 25.0
OWN_NAME = "run"


class AlreadyRunning(RuntimeError):
    """One of the processes runs already."""


@dataclass(frozen=True, slots=True)
class ProcessSpec:
    """`name` is what people, the log and the pid file call it; `environment` is all of it, None for our own."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] | None = None

    def shell_command(self) -> str:
        """Write the command for the shell that honcho starts: replaced by the command, so that its pid is the shell's."""
        return f"exec {shlex.join(self.command)} </dev/null"


@dataclass(frozen=True, slots=True)
class Ended:
    """A process that ended though nobody told it to, with its exit status."""

    name: str
    status: int


class _Events(multiprocessing.queues.Queue):  # type: ignore[type-arg]  # since Python 3.12 only
    """honcho's queue of messages: calls `before` each look into it, and shows each message to `observe`."""

    def __init__(self, before: Callable[[], None], observe: Callable[[Message], None]) -> None:
        super().__init__(ctx=multiprocessing.get_context())
        self._before = before
        self._observe = observe

    def get(self, *args: Any, **options: Any) -> Message:
        self._before()
        message = super().get(*args, **options)
        self._observe(message)
        return message


class Supervisor(Manager):
    """Processes that live and die together. `folder` keeps a pid file for each, and one for us.

    `on_tick` is called ten times a second; `timeout` is how many seconds they have to end. See Note [What honcho leaves to us].
    """

    def __init__(
        self,
        folder: Path,
        processes: Sequence[ProcessSpec],
        *,
        cwd: Path,
        printer: Printer | None = None,
        on_tick: Callable[[], None] = lambda: None,
        timeout: float = TIMEOUT_SECONDS,
    ) -> None:
        super().__init__(printer)
        self.events = _Events(self._tick, self._observe)
        #: The process that ended first, though nobody told it to.
        self.ended: Ended | None = None
        self._folder = folder
        self._specs = {each.name: each for each in processes}
        self._on_tick = on_tick
        self._timeout = timeout
        self._started: set[str] = set()
        self._may_signal = False
        self._deadline: float | None = None
        for each in processes:
            environment = None if each.environment is None else dict(each.environment)
            self.add_process(each.name, each.shell_command(), cwd=str(cwd), env=environment)

    @property
    def is_stopping(self) -> bool:
        return self._deadline is not None

    def loop(self) -> None:
        """Start all processes, and return when all have ended; Ctrl-C and TERM are ours to pass on.

        :raises AlreadyRunning: when a process of an earlier start is still there.
        """
        refuse_if_running(self._folder)
        signal.signal(signal.SIGHUP, lambda _number, _frame: signal.raise_signal(signal.SIGTERM))
        pid_files.remember_myself(self._folder / f"{OWN_NAME}.pid")
        try:
            super().loop()
        except BaseException:
            super().terminate()  # multiprocessing waits for them when this process ends
            raise
        finally:
            pid_files.forget(self._folder / f"{OWN_NAME}.pid")

    def terminate(self) -> None:
        """Ask every process to end, as soon as all have started."""
        if self._deadline is None:
            self._deadline = time.monotonic() + self._timeout
        if self._may_signal:
            super().terminate()

    def kill(self) -> None:
        """End them by force, if they have had their time."""
        if self._deadline is not None and time.monotonic() > self._deadline:
            super().kill()

    def _tick(self) -> None:
        # honcho has dealt with every message that was observed before.
        self._may_signal = self._started == self._specs.keys()
        if self._deadline is not None:
            self.terminate()
            self.kill()
        self._on_tick()

    def _observe(self, message: Message) -> None:
        file = self._folder / f"{message.name}.pid"
        if message.type == "start":
            self._started.add(message.name)
            pid_files.remember(file, message.data["pid"], self._specs[message.name].command)
        elif message.type == "stop":
            pid_files.forget(file)
            if self.ended is None and not self.is_stopping:
                self.ended = Ended(message.name, message.data["returncode"])


def refuse_if_running(folder: Path) -> None:
    """Look for processes of an earlier start.

    :raises AlreadyRunning: naming one.
    """
    for file in sorted(folder.glob("*.pid")):
        pid = pid_files.find(file)
        if pid is not None:
            raise AlreadyRunning(f"Workix runs already ({file.stem}, process {pid}).")


def stop_all(folder: Path) -> list[str]:
    """Stop what an earlier start left running, the supervisor first; return the names of what ran."""
    files = sorted(folder.glob("*.pid"), key=lambda file: file.stem != OWN_NAME)
    # The supervisor waits for its processes, so it may take longer than they do.
    return [file.stem for file in files if pid_files.stop(file, timeout=TIMEOUT_SECONDS + 5)]
