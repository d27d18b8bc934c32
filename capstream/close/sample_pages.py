"""A sample as files: a list of what was drawn, and a page of evidence for each item."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator
from pathlib import Path

from capstream.close.audit_sample import AuditSample, SampleItem
from capstream.close.explain.sections import Section

LIST = "sample.csv"
_WIDTH = 100
_LISTED = (
    "entity", "component_id", "person_id", "work_item_key", "pay_component", "from_date",
    "to_date", "activity", "evidence_tier", "rule_id", "capex_amount", "currency_code",
    "reporting_amount",
)  # fmt: skip


def sample_folder(company: Path, sample: AuditSample) -> Path:
    """Return where a sample's pages go; packs stay as they were issued."""
    name = f"{sample.month}.size-{sample.size}.seed-{sample.seed}"
    return company / "out" / "samples" / name


def write_pages(sample: AuditSample, folder: Path) -> list[Path]:
    """Write the list and the pages, in place of an earlier drawing of the same sample."""
    beside = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    (beside / LIST).write_text(_list(sample), encoding="utf-8")
    for item in sample.items:
        page = "\n".join(_page(sample, item)) + "\n"
        (beside / f"item_{item.number:03d}.txt").write_text(page, encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    beside.rename(folder)
    return sorted(folder.iterdir())


def _list(sample: AuditSample) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("number", "row_id", "hits", "first_unit", *_LISTED))
    for item in sample.items:
        facts = (item.facts[name] for name in _LISTED)
        writer.writerow((item.number, item.row_id, item.hits, item.first_unit, *facts))
    return text.getvalue()


def _page(sample: AuditSample, item: SampleItem) -> Iterator[str]:
    yield f"Sample {sample.month}, size {sample.size}, seed {sample.seed}: item {item.number}"
    yield f"of {len(sample.items)}; row {item.row_id} of {sample.population_count}, {_drawn(item)}"
    yield f"population {sample.population_amount}, interval {sample.interval}, start {sample.start}"
    yield from _facts("the cost row", item.facts)
    for section in item.evidence:
        yield from _section(section)
    yield ""
    yield "Conclusion: ______________________________  Tested by: ______________  On: ___________"


def _drawn(item: SampleItem) -> str:
    return f"unit {item.first_unit}" + (f" and {item.hits - 1} more" if item.hits > 1 else "")


def _facts(title: str, facts: dict[str, object]) -> Iterator[str]:
    yield ""
    yield title.upper()
    width = max(map(len, facts))
    for name, value in facts.items():
        yield f"  {name:<{width}}  {'' if value is None else value}"


def _section(section: Section) -> Iterator[str]:
    if len(section.rows) == 1:
        yield from _facts(section.title, dict(zip(section.columns, section.rows[0], strict=True)))
        return
    yield ""
    yield section.title.upper()
    if not section.rows:
        yield "  none"
    for row in (section.columns, *section.rows):
        yield "  " + " | ".join(_shortened(value) for value in row)


def _shortened(value: object) -> str:
    text = "" if value is None else " ".join(str(value).split())
    return text if len(text) <= _WIDTH else f"{text[: _WIDTH - 1]}…"
