"""Which workbook reads which reporting models: their names say it."""

import json
from functools import cache

import dagster as dg

from orchestration.lib.dbt_project import prepared_project
from orchestration.lib.translator import layer_of

OWNER = "team:reporting"

SHARED = "rpt_shared__"

WORKBOOKS = {
    "finance": "The capitalisation workpaper of finance.",
    "investment": "Where engineering money went, for engineering leaders.",
    "ai_roi": "What AI tools cost and who uses them.",
}


def workbook_key(workbook: str) -> dg.AssetKey:
    """Return the asset of a workbook."""
    return dg.AssetKey(["reports", f"{workbook}_workbook"])


DETAIL = dg.AssetKey(["reports", "cost_detail"])
"""The rows behind the workbooks, written with them."""

PAGE = dg.AssetKey(["reports", "page"])
"""The page over the workbooks, written with them."""


def reporting_models(workbook: str) -> list[dg.AssetKey]:
    """Return the keys of the models `rpt_<workbook>__<sheet>` and of what all workbooks share.

    Raises:
        ValueError: The workbook has no reporting model.
    """
    prefix = f"rpt_{workbook}__"
    keys = [dg.AssetKey(["reporting", name]) for name in _models() if name.startswith(prefix)]
    if not keys:
        raise ValueError(f"workbook {workbook} has no model {prefix}<sheet> in models/reporting")
    return keys + [
        dg.AssetKey(["reporting", name]) for name in _models() if name.startswith(SHARED)
    ]


@cache
def _models() -> tuple[str, ...]:
    manifest = json.loads((prepared_project() / "manifest.json").read_text(encoding="utf-8"))
    models = (node for node in manifest["nodes"].values() if node["resource_type"] == "model")
    return tuple(sorted(node["name"] for node in models if layer_of(node) == "reporting"))
