"""The one entry of the orchestrator: every asset, check, job and schedule under `defs/`."""

from pathlib import Path

import dagster as dg


@dg.definitions
def defs() -> dg.Definitions:
    """Load what the folders of `defs/` declare; reads no company and no network."""
    return dg.load_from_defs_folder(path_within_project=Path(__file__).parent)
