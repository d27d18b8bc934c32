"""A small sound company folder that tests write and then spoil in one place."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parents[1] / "fixtures" / "configured_company"
FILES = {
    str(path.relative_to(FOLDER)): path.read_text(encoding="utf-8")
    for path in sorted(FOLDER.rglob("*"))
    if path.is_file()
}
CONFIGURATION = FILES["capstream.yaml"]
WORKFLOW = FILES["workflow.yaml"]


def write_configured_company(root: Path, **replaced: str) -> Path:
    """Write the folder; a text of `replaced` stands for the file whose stem is its name."""
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(replaced.get(path.stem, text), encoding="utf-8")
    return root
