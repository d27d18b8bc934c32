"""What is written for containers holds: against Dagster's launcher and Kubernetes' own models."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import dagster as dg
import kubernetes.client as kubernetes
import pytest
import yaml
from dagster._config import process_config
from dagster._core.instance.config import dagster_instance_config_schema
from dagster_k8s import K8sRunLauncher
from dagster_k8s.container_context import K8sContainerContext
from dagster_k8s.models import k8s_model_from_dict, k8s_snake_case_dict

from orchestration.lib.resources import COMPANY_VARIABLE

ROOT = Path(__file__).resolve().parents[2]
CONTAINER = ROOT / "deploy" / "Containerfile"
MODELS = {
    "CronJob": kubernetes.V1CronJob,
    "PersistentVolumeClaim": kubernetes.V1PersistentVolumeClaim,
}
VALUES = yaml.safe_load((ROOT / "deploy/kubernetes/values.yaml").read_text(encoding="utf-8"))
MANIFESTS = list(
    yaml.safe_load_all((ROOT / "deploy/kubernetes/company.yaml").read_text(encoding="utf-8"))
)
(DEPLOYMENT,) = VALUES["dagster-user-deployments"]["deployments"]


def snake(content: Any) -> Any:
    """Write keys as Dagster's settings do, where the chart does so too."""
    if not isinstance(content, dict):
        return content
    return {re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", key).lower(): value
            for key, value in content.items()}  # fmt: skip


def accepted(schema: Any, value: Mapping[str, Any]) -> list[str]:
    """Return what a schema of Dagster has against a value."""
    return [error.message for error in process_config(schema, value).errors or []]


def as_kubernetes(model: type, content: Mapping[str, Any]) -> Any:
    """Read content as Kubernetes' own model; an unknown key raises."""
    return k8s_model_from_dict(model, k8s_snake_case_dict(model, content))


def launcher() -> dict[str, Any]:
    config: dict[str, Any] = snake(VALUES["runLauncher"]["config"]["k8sRunLauncher"])
    config["run_k8s_config"] = snake(config["run_k8s_config"])
    chart = {
        "service_account_name": "capstream",
        "dagster_home": "/opt/dagster/dagster_home",
        "instance_config_map": "capstream-instance",
        "postgres_password_secret": "history",
    }
    return {**chart, **config}


def test_the_launcher_takes_the_values_and_starts_one_pod_a_run() -> None:
    assert VALUES["runLauncher"]["type"] == K8sRunLauncher.__name__
    assert accepted(K8sRunLauncher.config_type(), launcher()) == []
    assert accepted(K8sRunLauncher.config_type(), {**launcher(), "image_pull_polcy": "x"})
    coordinator = VALUES["dagsterDaemon"]["runCoordinator"]["config"]["queuedRunCoordinator"]
    assert coordinator["maxConcurrentRuns"] == 1


def test_the_daemon_takes_monitoring_and_retries() -> None:
    daemon = VALUES["dagsterDaemon"]
    settings = {
        "run_monitoring": snake(daemon["runMonitoring"]),
        "run_retries": snake(daemon["runRetries"]),
    }
    schema = dg.Shape({name: dagster_instance_config_schema()[name] for name in settings})
    assert accepted(schema, settings) == []
    assert accepted(schema, {"run_retries": {"max_retrys": 1}})


def test_a_run_gets_the_company_and_its_secrets() -> None:
    context = K8sContainerContext.create_from_config(
        {
            "k8s": {
                "env_vars": [f"{one['name']}={one['value']}" for one in DEPLOYMENT["env"]],
                "env_secrets": [one["name"] for one in DEPLOYMENT["envSecrets"]],
                "volumes": DEPLOYMENT["volumes"],
                "volume_mounts": [snake(one) for one in DEPLOYMENT["volumeMounts"]],
                "resources": DEPLOYMENT["resources"],
            }
        }
    )
    assert context.run_k8s_config.pod_spec_config["volumes"]
    ((variable, folder),) = [(one["name"], one["value"]) for one in DEPLOYMENT["env"]]
    assert variable == COMPANY_VARIABLE
    assert [one["mountPath"] for one in DEPLOYMENT["volumeMounts"]] == [folder]
    assert DEPLOYMENT["includeConfigInLaunchedRuns"] == {"enabled": True}
    as_kubernetes(kubernetes.V1PodSecurityContext, DEPLOYMENT["podSecurityContext"])


def test_the_manifests_are_kubernetes_own() -> None:
    claims = set()
    for manifest in MANIFESTS:
        model = MODELS[manifest["kind"]]
        assert as_kubernetes(model, manifest).metadata.name
        with pytest.raises(Exception, match="specc"):
            as_kubernetes(model, {**manifest, "specc": {}})
        if model is kubernetes.V1PersistentVolumeClaim:
            claims.add(manifest["metadata"]["name"])
    assert set(named("claimName", [VALUES, MANIFESTS])) <= claims


def test_one_image_everywhere_and_nobody_is_root() -> None:
    images = {f"{one['repository']}:{one['tag']}" for one in named("image", VALUES)}
    assert images | set(named("image", MANIFESTS)) == images
    assert len(images) == 1
    contexts = [
        *named("podSecurityContext", VALUES),
        *named("securityContext", [VALUES, MANIFESTS]),
    ]
    assert len(contexts) == 3
    assert all(one["runAsNonRoot"] and one["runAsUser"] == 10001 for one in contexts)


def test_the_container_is_built_of_what_is_there() -> None:
    lines = re.sub(r"\\\n", " ", CONTAINER.read_text(encoding="utf-8")).splitlines()
    steps = [line.split() for line in lines if line and not line.startswith(("#", " "))]
    copied = [word for step in steps if step[0] == "COPY" for word in step[1:-1]]
    ignored = (ROOT / ".containerignore").read_text(encoding="utf-8").split()
    assert {"capstream", "orchestration", "reports", "dbt_project"} <= set(copied)
    assert [name for name in copied if not (ROOT / name).exists() or name in ignored] == []
    (base,) = [step[1] for step in steps if step[0] == "FROM"]
    assert re.fullmatch(r"docker\.io/library/python:3\.\d+-slim", base)
    users = [step[1] for step in steps if step[0] == "USER"]
    assert users == ["10001"]
    assert "ENTRYPOINT" not in {step[0] for step in steps}  # runs are arguments: dagster api …
    (backup,) = named("args", MANIFESTS)
    assert backup[0] == "capstream"


def test_the_container_has_the_locked_packages_and_the_engines() -> None:
    def pins(name: str) -> set[str]:
        text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
        return set(re.findall(r"^([a-z0-9._-]+==\S+) \\$", text, re.MULTILINE))

    assert pins("base.txt") <= pins("container.txt")
    added = {pin.partition("==")[0] for pin in pins("container.txt") - pins("base.txt")}
    assert {"apprise", "dagster-k8s", "dagster-postgres", "dbt-postgres"} <= added


def named(key: str, content: Any) -> Iterator[Any]:
    """Yield every value under a key, however deep."""
    if isinstance(content, dict):
        for name, value in content.items():
            if name == key:
                yield value
            yield from named(key, value)
    elif isinstance(content, list):
        for value in content:
            yield from named(key, value)
