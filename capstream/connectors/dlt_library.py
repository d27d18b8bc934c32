"""dlt, imported on first use: silent, without telemetry, its state beside the warehouse."""

from __future__ import annotations

import os
import warnings
from typing import Any


def quiet_dlt() -> Any:
    """Import dlt and return it."""
    os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"
    os.environ["LOAD__DELETE_COMPLETED_JOBS"] = "true"
    os.environ["RESTORE_FROM_DESTINATION"] = "false"  # its state is beside the warehouse
    os.environ.setdefault("RUNTIME__LOG_LEVEL", "CRITICAL")
    with warnings.catch_warnings():
        # dlt's SQL parser announces the successor of one of its own parts.
        warnings.simplefilter("ignore", DeprecationWarning)
        import dlt
    return dlt
