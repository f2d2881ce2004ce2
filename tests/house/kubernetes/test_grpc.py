"""The gRPC server on Kubernetes: a certificate of its own, for pods labelled for it, within the connections there are."""

from __future__ import annotations

from pathlib import Path

import pytest

from gateway.grpc.server import GRACE
from gateway.management.commands.grpc import Command
from tests.house.kubernetes.manifests import (
    WITH_GRPC,
    Manifest,
    container,
    of_kind,
    pods,
    ports,
    rendered,
    selects,
    settings,
)
from tests.house.kubernetes.test_what_pods_are_told import KNOWN, MAX_CONNECTIONS, processes, told


@pytest.fixture(scope="module")
def manifests() -> list[Manifest]:
    return rendered(WITH_GRPC)


def test_it_is_told_what_the_others_are_and_where_its_certificate_lies(manifests: list[Manifest]) -> None:
    pod = pods(manifests)["workix-grpc"]
    given = told(manifests, pod)
    assert given.keys() - KNOWN == set()
    assert given["WORKIX_GRPC_BIND"] == f"0.0.0.0:{ports(pod)['grpc']}"
    mounts = {each["name"]: each["mountPath"] for each in container(pod)["volumeMounts"]}
    files = [Path(given[name]) for name in ("WORKIX_GRPC_TLS_CERTIFICATE", "WORKIX_GRPC_TLS_KEY")]
    assert {str(file.parent) for file in files} == {mounts["grpc-tls"]}
    assert [file.name for file in files] == ["tls.crt", "tls.key"], "as a Secret kubernetes.io/tls has them"
    assert container(pod)["command"] == ["python", "manage.py", Command.__module__.rpartition(".")[2]]
    assert container(pod)["image"] == "registry.workix.example/workix-grpc:1.0.0"
    assert given["WORKIX_WORKER_METRICS_BIND"] == f"0.0.0.0:{ports(pod)['metrics']}"


def test_calls_come_from_pods_that_are_labelled_for_it_and_metrics_go_to_prometheus(manifests: list[Manifest]) -> None:
    policies = of_kind(manifests, "NetworkPolicy")
    labels = of_kind(manifests, "Deployment")["workix-grpc"]["spec"]["template"]["metadata"]["labels"]
    assert {name for name, each in policies.items() if selects(each["spec"]["podSelector"], labels)} == {
        "default-deny",
        "names",
        "database",
        "calls",
    }
    calls, metrics = policies["calls"]["spec"]["ingress"]
    (client,) = calls["from"]
    assert client["podSelector"] == client["namespaceSelector"] == {"matchLabels": {"calls-workix": "yes"}}
    assert [each["ports"][0]["port"] for each in (calls, metrics)] == ["grpc", "metrics"]
    monitor = of_kind(manifests, "ServiceMonitor")["workix-grpc"]["spec"]
    assert selects(monitor["selector"], of_kind(manifests, "Service")["workix-grpc"]["metadata"]["labels"])
    assert monitor["jobLabel"] == "app.kubernetes.io/name", "the job that the alerts name"


def test_calls_have_the_time_to_end_and_connections_are_enough(manifests: list[Manifest]) -> None:
    pod = pods(manifests)["workix-grpc"]
    _, seconds = container(pod)["lifecycle"]["preStop"]["exec"]["command"]
    drain = int(settings(manifests)["WORKIX_DRAIN_SECONDS"])
    assert pod["terminationGracePeriodSeconds"] >= int(seconds) + drain + GRACE + 5
    assert processes(manifests) == 25
    assert processes(manifests) * int(settings(manifests)["WORKIX_CONNECTION_CAP"]) <= MAX_CONNECTIONS - 40
