"""The local topology's own parts: mails are kept, taken ports are named, Prometheus asks addresses, and nothing else differs."""

from __future__ import annotations

import smtplib
import socket
import threading
from email.message import EmailMessage
from pathlib import Path

import pytest
import yaml

from tools.topology import files, running
from tools.topology.mailbox import Mailbox
from tools.topology.processes import settings
from tools.topology.site import CannotListen, Ports, Site


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path, Ports.choose())


def test_a_mail_is_kept_as_it_was_sent(tmp_path: Path) -> None:
    message = EmailMessage()
    message["To"], message["Subject"] = "ada@acme.example", "Confirm"
    message.set_content("one\n.two begins with a full stop\n")
    with Mailbox(0, tmp_path) as mailbox:
        threading.Thread(target=mailbox.serve_forever, args=[0.01], daemon=True).start()
        with smtplib.SMTP("127.0.0.1", mailbox.server_address[1]) as client:
            client.send_message(message, "no-reply@acme.example", "ada@acme.example")
            assert client.docmd("TURN")[0] == 502
        mailbox.shutdown()
    (kept,) = tmp_path.glob("*.eml")
    assert kept.read_bytes().replace(b"\r\n", b"\n") == message.as_bytes()


def test_a_port_that_is_taken_is_named_with_the_option_that_chooses_another() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CannotListen, match=rf"Port {port} \(https\): Address already in use.*--https"):
            Ports.choose(https=port)


def test_prometheus_asks_the_addresses_of_here_with_the_rules_that_ship(site: Site) -> None:
    configuration = yaml.safe_load(files.write_prometheus(site).read_text())
    (job,) = [job for job in configuration["scrape_configs"] if job["job_name"] == "workix"]
    ports = site.ports
    assert {each["labels"]["__meta_dns_name"]: each["targets"] for each in job["static_configs"]} == {
        "web": [f"127.0.0.1:{ports.web_1_metrics}", f"127.0.0.1:{ports.web_2_metrics}"],
        "worker": [f"127.0.0.1:{ports.worker_metrics}"],
    }
    assert job["relabel_configs"]
    assert (site.folder / "prometheus" / "rules.yml").read_text() == (
        files.DEPLOY / "prometheus" / "rules.yml"
    ).read_text()


def test_nginx_has_the_files_that_ship_but_for_its_site(site: Site) -> None:
    folder, shipped = files.write_nginx(site), files.DEPLOY / "nginx"
    same = {file.name for file in shipped.glob("*.conf") if file.read_text() == (folder / file.name).read_text()}
    assert same >= {"nginx.conf", "tls.conf", "proxy.conf", "fair-shares.conf"}
    written = {file.name: file.read_text() for file in (folder / "site").iterdir()}
    assert written.keys() == {file.name for file in (shipped / "site").iterdir()}
    assert written["https.conf"] == f"listen 127.0.0.1:{site.ports.https} ssl http2 default_server;\n"


def test_what_our_own_environment_sets_does_not_reach_it(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKIX_DEBUG", "true")
    monkeypatch.setenv("DATABASE_URL", "postgresql://somebody@elsewhere/theirs")
    told = settings(site, "web-1")
    assert "WORKIX_DEBUG" not in told
    assert "DATABASE_URL" not in told
    assert told["DATABASE_URL_FILE"] == f"{site.secrets}/database_url"


def test_where_nothing_runs_nothing_is_stopped(tmp_path: Path) -> None:
    assert (running.is_running(tmp_path), running.stop(tmp_path)) == (False, [])
