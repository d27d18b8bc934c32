"""Tables that loads write: schema → table → Arrow columns; created empty where nothing loads."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

RAW_TABLES: Mapping[str, Mapping[str, pa.Schema]] = {
    "raw_jira": {},
    "raw_github": {},
    "raw_git": {},
    "raw_tables": {},
    "ops": {},
}
