"""What a dbt node is called in the orchestrator: key, group, owner and kind by its layer."""

from collections.abc import Mapping
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings, DbtProject

OWNER_BY_LAYER = {
    "staging": "team:data-platform",
    "input": "team:data-platform",
    "intermediate": "team:cost-accounting",
    "marts": "team:cost-accounting",
    "reporting": "team:reporting",
}

# Written by a walk over commits, between the loads and dbt.
FIRST_DEPLOYMENTS = dg.AssetKey(["analysis", "first_deployments"])
# Written after dbt. Their tables stand empty from the start and views read them, so that the
# models need not wait for them and one dbt call serves a run.
AI_EFFECTS = dg.AssetKey(["analysis", "ai_effects"])
FLOW_FORECASTS = dg.AssetKey(["analysis", "flow_forecasts"])
POLICY_TABLES = frozenset({"policies", "policy_assignments"})


class LayerTranslator(DagsterDbtTranslator):
    """Groups models by layer; a model outside the known layers is an error, not `default`."""

    def __init__(self) -> None:
        # Tests run in CI and the books' own checks are rows of fct_checks, so neither dbt's
        # tests nor one asset a source table are wanted here.
        super().__init__(
            DagsterDbtTranslatorSettings(
                enable_asset_checks=False,
                enable_duplicate_source_asset_keys=True,
                enable_source_metadata=False,
            )
        )

    def get_asset_spec(
        self, manifest: Mapping[str, Any], unique_id: str, project: DbtProject | None
    ) -> dg.AssetSpec:
        """Describe a model by its layer, and a source by the asset that loads it."""
        spec = super().get_asset_spec(manifest, unique_id, project)
        node = self.get_resource_props(manifest, unique_id)
        if node["resource_type"] == "source":
            return spec.replace_attributes(key=source_key(node["source_name"], node["name"]))
        layer = layer_of(node)
        return spec.replace_attributes(
            key=dg.AssetKey([layer, node["name"]]),
            group_name=layer,
            owners=[OWNER_BY_LAYER[layer]],
            kinds={"dbt", "duckdb", node["config"]["materialized"]},
            description=node["description"],
        )


def layer_of(node: Mapping[str, Any]) -> str:
    """Return the layer of a model, which is the first folder under `models`.

    Raises:
        ValueError: The model stands in a folder that is no layer.
    """
    layer = str(node["fqn"][1])
    if layer not in OWNER_BY_LAYER:
        raise ValueError(
            f"model {node['name']} stands in models/{layer}: move it under one of "
            f"{', '.join(OWNER_BY_LAYER)}"
        )
    return layer


def source_key(source: str, table: str) -> dg.AssetKey:
    """Return the asset that loads a source table: the loads as one, two for the company."""
    if source == "analysis":
        return dg.AssetKey(["company", "inputs"])
    if source == "company":
        is_policy = table in POLICY_TABLES or table.startswith("policy_")
        return dg.AssetKey(["company", "policies" if is_policy else "inputs"])
    if (source, table) == ("ops", "first_deployments"):
        return FIRST_DEPLOYMENTS
    return dg.AssetKey(["ops"] if source == "raw" else [source])
