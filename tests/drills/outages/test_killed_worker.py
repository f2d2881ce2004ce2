"""kill -9 of a worker at work: what it was doing is done by another within two minutes."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import psycopg
import pytest

from tenants.jobs.stalled_jobs import DEAD_AFTER_SECONDS
from tests.customers import Customer
from tests.database import another_database
from tests.environment import WORKER
from tests.mail_server import SILENCE, MailServer
from tests.servers import Platform, end, wait_for

pytestmark = pytest.mark.drill

TWO_MINUTES = 120
WORKERS = "SELECT count(*) FROM public.procrastinate_workers HAVING count(*) = 2"
#: Puts back when the dead one spoke last: what is left of its minute is counted, and not sat out.
SILENT = """
    UPDATE public.procrastinate_workers SET last_heartbeat = last_heartbeat - make_interval(secs => %s)
     WHERE id = (SELECT min(id) FROM public.procrastinate_workers)"""
JOBS = (
    "SELECT status::text, attempts FROM public.procrastinate_jobs WHERE task_name = 'accounts.send_confirmation_mail'"
)


@pytest.mark.fault("B2")
def test_a_mail_whose_worker_is_killed_while_it_hands_it_over_is_sent_by_another(tmp_path: Path) -> None:
    with another_database(f"workix_killed_{WORKER}") as settings, MailServer({"DATA": SILENCE}) as server:
        platform = Platform.at(settings, tmp_path, EMAIL_URL="smtp://{}:{}".format(*server.address))
        with platform.serving(), psycopg.connect(settings["DATABASE_URL"], autocommit=True) as behind:
            worker = platform.start_worker()
            assert Customer(platform, "acme").open().status == 201
            assert server.asked.wait(60)
            end(worker, signal.SIGKILL)
            killed = time.monotonic()
            assert behind.execute(JOBS).fetchall() == [("doing", 0)]
            server.answers["DATA"] = "354 go on"
            with platform.working():
                wait_for(lambda: behind.execute(WORKERS).fetchone())
                skipped = max(0.0, DEAD_AFTER_SECONDS - (time.monotonic() - killed))
                behind.execute(SILENT, [skipped])
                wait_for(lambda: server.taken or None, TWO_MINUTES)
                seconds = time.monotonic() - killed + skipped
                wait_for(lambda: behind.execute(JOBS).fetchall() == [] or None)
    assert (server.taken, seconds < TWO_MINUTES) == (1, True)
