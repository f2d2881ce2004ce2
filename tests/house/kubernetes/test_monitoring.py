"""What Prometheus' operator reads is what deploy/prometheus says, and who may come in is who is let in."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from tests.house.kubernetes.manifests import ALL, Manifest, of_kind, rendered
from tools.kubernetes import prometheus_rule
from tools.kubernetes.kustomization import pod_template

BASE = rendered(ALL[0])
NAME, COMPONENT = "app.kubernetes.io/name", "app.kubernetes.io/component"


def test_the_alerts_are_those_of_the_one_file() -> None:
    text = prometheus_rule.FILE.read_text(encoding="utf-8")
    assert text == prometheus_rule.prometheus_rule(), "Run: make docs"
    rules = yaml.safe_load(prometheus_rule.RULES.read_text(encoding="utf-8"))
    assert of_kind(BASE, "PrometheusRule")["workix"]["spec"] == rules


def test_every_service_with_metrics_is_collected_as_the_job_that_alerts_name() -> None:
    monitor = of_kind(BASE, "ServiceMonitor")["workix"]["spec"]
    (rule,) = monitor["selector"]["matchExpressions"]
    (endpoint,) = monitor["endpoints"]
    (relabeling,) = endpoint["relabelings"]
    labels = [each["metadata"]["labels"] for each in of_kind(BASE, "Service").values()]
    assert monitor["selector"]["matchLabels"] == {NAME: "workix"}
    assert {each[monitor["jobLabel"]] for each in labels} == {"workix"}
    assert {each[COMPONENT] for each in labels} == set(rule["values"]) == {"web", "worker"}
    assert (endpoint["port"], endpoint["path"], relabeling["targetLabel"]) == ("metrics", "/metrics", "service")


@pytest.mark.parametrize("folder", ALL, ids=lambda folder: folder.name)
def test_whatever_selects_pods_finds_those_it_means(folder: Any) -> None:
    templates = [template["metadata"]["labels"] for each in rendered(folder) if (template := pod_template(each))]
    for manifest in rendered(folder):
        if manifest["kind"] in {"Deployment", "Service", "PodDisruptionBudget"}:
            wanted = _selector(manifest)
            found = [labels for labels in templates if wanted.items() <= labels.items()]
            assert found == [wanted]
            assert wanted == manifest["metadata"]["labels"]


def test_only_the_ingress_controller_and_prometheus_come_in_each_at_its_own_port() -> None:
    let_in = {
        name: (rule["from"][0]["namespaceSelector"]["matchLabels"]["kubernetes.io/metadata.name"], port["port"])
        for name, policy in of_kind(BASE, "NetworkPolicy").items()
        for rule in policy["spec"].get("ingress", ())
        for port in rule["ports"]
    }
    assert let_in == {"requests": ("ingress-nginx", "http"), "metrics": ("monitoring", "metrics")}


def _selector(manifest: Manifest) -> dict[str, str]:
    selector: dict[str, str] = manifest["spec"]["selector"]
    return selector.get("matchLabels", selector)  # type: ignore[return-value]  # a Service's selector is the labels
