"""The MCP server on Kubernetes: told nothing secret, and reaching the web server alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.house.kubernetes.manifests import WITH_MCP, Manifest, container, of_kind, pods, ports, rendered, selects
from workix.config.environment import read


@pytest.fixture(scope="module")
def manifests() -> list[Manifest]:
    return rendered(WITH_MCP)


def test_it_is_told_nothing_secret_and_starts_with_it(manifests: list[Manifest], tmp_path: Path) -> None:
    pod = pods(manifests)["workix-mcp"]
    told = {each["name"]: each["value"] for each in container(pod)["env"]}
    environment = read(told, base=tmp_path)
    assert (environment.mcp_api, environment.mcp_bind) == ("http://workix-web", f"0.0.0.0:{ports(pod)['mcp']}")
    assert "envFrom" not in container(pod)
    assert {kind for volume in pod["volumes"] for kind in volume} == {"name", "emptyDir"}


def test_it_reaches_the_web_server_and_no_database(manifests: list[Manifest]) -> None:
    policies = of_kind(manifests, "NetworkPolicy")
    web, names = policies["mcp"]["spec"]["egress"]
    assert web["to"][0]["podSelector"]["matchLabels"]["app.kubernetes.io/component"] == "web"
    assert web["ports"] == [{"protocol": "TCP", "port": ports(pods(manifests)["workix-web"])["http"]}]
    assert {each["port"] for each in names["ports"]} == {53}
    label = of_kind(manifests, "Deployment")["workix-mcp"]["spec"]["template"]["metadata"]["labels"]
    selected = {name for name, each in policies.items() if selects(each["spec"]["podSelector"], label)}
    assert selected == {"default-deny", "mcp"}


def test_prometheus_reads_its_metrics_as_those_of_the_job_that_alerts_name(manifests: list[Manifest]) -> None:
    pod = pods(manifests)["workix-mcp"]
    told = {each["name"]: each["value"] for each in container(pod)["env"]}
    assert told["WORKIX_WORKER_METRICS_BIND"] == f"0.0.0.0:{ports(pod)['metrics']}"
    monitor = of_kind(manifests, "ServiceMonitor")["workix-mcp"]["spec"]
    assert selects(monitor["selector"], of_kind(manifests, "Service")["workix-mcp"]["metadata"]["labels"])
    assert monitor["endpoints"][0]["relabelings"][0] == {"targetLabel": "job", "replacement": "workix"}
    _, from_prometheus = of_kind(manifests, "NetworkPolicy")["mcp"]["spec"]["ingress"]
    assert from_prometheus["from"][0]["namespaceSelector"]["matchLabels"] == {
        "kubernetes.io/metadata.name": "monitoring"
    }
