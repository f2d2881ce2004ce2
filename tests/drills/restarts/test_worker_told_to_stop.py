"""SIGTERM of a worker whose job does not finish in time: it hands the job back and ends, and the next worker does it."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from tests.customers import Customer
from tests.drills.conftest import StartServer
from tests.mail_server import SILENCE, MailServer
from tests.servers import Platform, end, settings_of, wait_for

pytestmark = pytest.mark.drill

JOBS = (
    "SELECT status::text, attempts FROM public.procrastinate_jobs WHERE task_name = 'accounts.send_confirmation_mail'"
)


@pytest.mark.fault("B2")
def test_a_mail_that_is_not_taken_in_time_is_handed_back_and_sent_once(
    start_server: StartServer, tmp_path: Path
) -> None:
    with MailServer({"DATA": SILENCE}) as server:
        settings = settings_of(start_server("stopping"))
        platform = Platform.at(settings, tmp_path, EMAIL_URL="smtp://{}:{}".format(*server.address))
        platform.manage("migrate", "--quiet")
        with platform.serving(), psycopg.connect(settings["DATABASE_URL"], autocommit=True) as behind:
            worker = platform.start_command("run_worker", "--grace", "1")
            assert Customer(platform, "acme").open().status == 201
            assert server.asked.wait(60)
            end(worker)  # the mail server says nothing for longer than anybody would wait for this
            assert worker.returncode == 0
            assert behind.execute(JOBS).fetchall() == [("todo", 1)]
            server.answers["DATA"] = "354 go on"
            with platform.working():
                wait_for(lambda: behind.execute(JOBS).fetchall() == [] or None)
    assert server.taken == 1
