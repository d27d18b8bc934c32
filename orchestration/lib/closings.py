"""What closings froze, brought back into the warehouse before anything is computed."""

import json
from functools import cache
from pathlib import Path

from capstream.close.frozen import FROZEN, WITHOUT_MONTH, load_closings
from orchestration.lib.dbt_project import prepared_project

MONTH_COLUMN = {"month_key": "varchar"}


def load_closed_months(company: Path, *, is_anew: bool = True) -> list[str]:
    """Bring the ledger and its files into schema `closed`; return the closed months.

    Args:
        company: The company folder.
        is_anew: Read every file, not only those that are not there yet.

    Raises:
        UsageError: The ledger or a frozen file was changed.
    """
    return load_closings(company, frozen_columns(), is_anew=is_anew)


@cache
def frozen_columns() -> dict[str, dict[str, str]]:
    """Return data type by column of every frozen relation, as the models' contracts say."""
    manifest = json.loads((prepared_project() / "manifest.json").read_text(encoding="utf-8"))
    models = {
        node["name"]: node
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model"
    }
    return {
        name: {
            **(MONTH_COLUMN if name in WITHOUT_MONTH else {}),
            **{column["name"]: column["data_type"] for column in models[name]["columns"].values()},
        }
        for name in FROZEN
    }
