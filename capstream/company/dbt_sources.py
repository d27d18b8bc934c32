"""Declare schema `company` to dbt; `python -m capstream.company.dbt_sources FILE` writes it."""

from __future__ import annotations

import inspect
import sys
from pathlib import Path

from capstream.company.configuration_schemas import CONFIGURATION_SCHEMAS, DESCRIPTIONS
from capstream.company.inputs import INPUT_TABLES

_HEAD = """\
# Written by `python -m capstream.company.dbt_sources`; a test keeps it current.
version: 2

sources:
  - name: company
    description: The company's inputs and its configuration as rows; replaced whole every run.
    schema: company
    tables:
"""


def sources_yaml() -> str:
    """Return the text of models/staging/company/_company__sources.yml."""
    described = {
        name: (inspect.getdoc(model) or name).splitlines()[0]
        for name, model in INPUT_TABLES.items()
    }
    described |= {name: DESCRIPTIONS[name] for name in CONFIGURATION_SCHEMAS}
    lines = [f'      - {{name: {name}, description: "{text}"}}' for name, text in described.items()]
    return _HEAD + "\n".join(lines) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(sources_yaml(), encoding="utf-8")
