"""Write a new company folder: complete, commented, and saying what still has to be filled in."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from string import Template

from capstream.company.inputs import INPUT_TABLES
from capstream.company.inputs.dictionary import input_tables_page
from capstream.company.inputs.row import columns_of
from capstream.company.schema import schema_text
from capstream.company.source_templates import SOURCE_KINDS, source_entries
from capstream.documents.wording import suggestion
from capstream.errors import UsageError
from capstream.types import Month

TEMPLATES = Path(__file__).parent / "templates"
STREAM_TEMPLATES = TEMPLATES / "streams"
PRESETS = Path(__file__).parents[2] / "policies"
STARTING_TABLES = ("people", "identities", "payroll", "components", "gates")
_IGNORED = "# What the product keeps for itself.\n/var/\n"
_SOURCES_PAGE = """\
# Records of outside systems

Put exported records here, one folder for each source of `capstream.yaml`, and name them there with
`path`. The tutorial says which forms each kind of source takes.
"""


def init_company(
    root: Path,
    *,
    name: str = "Example Works",
    sources: Sequence[str] = (),
    first_month: Month = Month(2026, 1),  # noqa: B008 - a constant
) -> list[Path]:
    """Write a company folder.

    Args:
        root: The folder; made when it is not there. Files that it has already are left alone.
        name: The company's name.
        sources: Kinds of source to write entries for, such as `jira` and `github`.
        first_month: Where the books start.

    Returns:
        The files written, relative to the folder, sorted.

    Raises:
        UsageError: A kind is unknown, or a file is already there; nothing was written.
    """
    for kind in sources:
        if kind not in SOURCE_KINDS:
            raise UsageError(f"source kind {kind} is unknown: {suggestion(kind, SOURCE_KINDS)}")
    texts = _texts(name, sources, first_month)
    taken = [path for path in sorted(texts) if (root / path).exists()]
    if taken:
        raise UsageError(
            f"{', '.join(taken)} would be overwritten in {root}: choose another folder or move them"
        )
    _write_whole(root, texts)
    return [Path(path) for path in sorted(texts)]


def _texts(name: str, sources: Sequence[str], first_month: Month) -> dict[str, str]:
    """Return every file of the folder by its path."""
    values = {
        "name": json.dumps(name, ensure_ascii=False),
        "first_month": str(first_month),
        "sources": source_entries(sources),
    }
    texts = {
        file.name: Template(file.read_text(encoding="utf-8")).substitute(values)
        for file in TEMPLATES.glob("*.yaml")
    }
    texts |= {
        f"templates/{file.name}": Template(file.read_text(encoding="utf-8")).substitute(values)
        for file in sorted(STREAM_TEMPLATES.iterdir())
    }
    texts |= {
        f"policies/{file.name}": file.read_text(encoding="utf-8") for file in PRESETS.glob("*.yaml")
    }
    texts |= {f"inputs/{table}.csv": _header(table) for table in STARTING_TABLES}
    return texts | {
        "inputs/README.md": input_tables_page(),
        "sources/README.md": _SOURCES_PAGE,
        "capstream.schema.json": schema_text(),
        ".gitignore": _IGNORED,
    }


def _header(table: str) -> str:
    return ",".join(column.name for column in columns_of(INPUT_TABLES[table])) + "\n"


def _write_whole(root: Path, texts: dict[str, str]) -> None:
    """Write beside and move into place, so that no half-written folder is left behind."""
    root.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{root.name}-", dir=root.parent))
    try:
        for path, text in texts.items():
            file = beside / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        if root.exists():
            for path in sorted(texts):
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (beside / path).replace(root / path)
        else:
            beside.chmod(0o755)
            beside.replace(root)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
