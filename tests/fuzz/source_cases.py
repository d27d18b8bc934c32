"""Records of outside systems with one or a few things wrong, one line or row after another.

A record is taken or quarantined, never both and never neither; what is taken adds up to what
was delivered wherever nothing of it was quarantined.
"""

from __future__ import annotations

import csv
import io
import json
import random
from collections import Counter
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from capstream.company.sources import SourceConfig
from capstream.connectors import open_connector
from capstream.connectors.batches import Batches
from capstream.connectors.envelopes import opened
from capstream.connectors.records import RawRecord
from capstream.connectors.registry import NATIVE_KINDS
from capstream.errors import CapstreamError
from capstream.warehouse.raw_tables import NEUTRAL_TABLES
from tests.connectors import native_records as native
from tests.connectors.native_kinds import EXPORTED
from tests.fuzz.hostile import TEXTS, damaged_bytes, damaged_tree, dice

_SOURCE: TypeAdapter[Any] = TypeAdapter(SourceConfig)
Rows = dict[str, list[dict[str, Any]]]
_AT = "2026-03-02T10:00:00.000+0000"

RECORDS: dict[str, list[Any]] = {
    "jira": [
        native.issue(
            1,
            histories=[
                native.history(1, _AT, "ada", ("status", "Open", "In Progress")),
                native.history(2, _AT, None, ("labels", "", "wallet"), ("assignee", None, "bo")),
            ],
            worklogs=[native.worklog(7, _AT, "ada", 3600), native.worklog(8, _AT, "bo", 60)],
            comments=[native.comment(9, _AT, "ada")],
            labels=["wallet"],
            assignee=native.person("ada"),
        )
    ],
    "github": [
        native.github_issue(1, native.event(11, "closed", "2026-03-02T09:00:00Z"),
                            labels=[{"name": "bug"}]),
        native.github_pull(
            2,
            native.event(None, "reviewed", None, state="approved",
                         submitted_at="2026-03-02T09:00:00Z", user={"login": "bo", "type": "User"}),
            native.event(12, "merged", "2026-03-02T10:00:00Z"),
            comments=[{"id": 5, "user": {"login": "bo"}, "created_at": "2026-03-02T09:00:00Z"}],
            merged_at="2026-03-02T10:00:00Z", additions=4, deletions=1, changed_files=2,
        ),
        native.deployment(3, ("success", "2026-03-05T10:05:00Z")),
    ],
    **{kind: [record.value for line in export.lines if line.get("type") != "revision"
              for record in opened(RawRecord("", "", line), NATIVE_KINDS[kind].envelopes)
              if isinstance(record, RawRecord)]
       for kind, export in EXPORTED.items()},
}  # fmt: skip
KINDS = (*RECORDS, "git", "tables")

COMMITS = """\
repo,sha,parents,author_name,author_id,author_time,committer_name,committer_id,commit_time,message,files,insertions,deletions
app,aaa,,Ada,ada@x.test,2026-03-01T09:00:00Z,Ada,ada@x.test,2026-03-01T09:00:00Z,CHK-1: do,1,2,3
app,bbb,aaa,Bo,bo@x.test,2026-03-02T09:00:00Z,Bo,bo@x.test,2026-03-02T09:00:00Z,"two
lines",1,2,3
"""
_SAMPLE = {"integer": "3", "time": "2026-03-02T09:00:00Z", "quantity": "2.5", "boolean": "true"}
_WORDS = {
    "status_category": "todo", "field": "status", "state": "open", "status": "success",
    "fields": '{"team": "Pay"}', "kind": "human",
}  # fmt: skip
CONTRACT_TABLES = sorted(set(NEUTRAL_TABLES) - {"actors", "commit_files", "tags"})


def spoil_and_check(root: Path, number: int) -> None:
    """Read one spoilt extract and account for every record of it."""
    chance = dice("sources", number)
    kind = KINDS[number % len(KINDS)]
    folder = root / "sources"
    folder.mkdir(parents=True)
    written, delivered = _written(chance, kind)
    for name, content in written.items():
        (folder / name).write_bytes(content)
    mode = {"mode": "files"} if kind in RECORDS else {}
    path = "sources/*.jsonl*" if kind in RECORDS else "sources"
    source = _SOURCE.validate_python({"name": "src", "kind": kind, "path": path, **mode})
    rows, refusal = _read_or_refused(root, source)
    assert (rows is None) == bool(refusal.strip())
    if rows is not None:
        _require_accounted(rows, delivered)
        if kind == "jira":
            _require_whole_worklogs(rows)


def _written(chance: random.Random, kind: str) -> tuple[dict[str, bytes], int | None]:
    """Return files by name, and how many records they hold; None where bytes were damaged."""
    if kind in RECORDS:
        lines = [_line(chance, record) for record in RECORDS[kind] for _ in range(2)]
        return _packed(chance, "a.jsonl", "".join(f"{line}\n" for line in lines), len(lines))
    if kind == "git":
        text, count = _spoilt_table(chance, COMMITS)
        return _packed(chance, "app.commits.csv", text, count)
    table = chance.choice(CONTRACT_TABLES)
    text, count = _spoilt_table(chance, _contract_table(table))
    return _packed(chance, f"{table}.csv", text, count)


def _line(chance: random.Random, record: Any) -> str:
    spoilt = json.loads(json.dumps(record))
    for _ in range(chance.choice([0, 1, 1, 2, 4])):
        damaged_tree(chance, spoilt)
    return json.dumps(spoilt, ensure_ascii=chance.random() < 0.5).replace("\n", " ")


def _packed(
    chance: random.Random, name: str, text: str, count: int
) -> tuple[dict[str, bytes], int | None]:
    content = text.encode("utf-8", "surrogatepass")
    if chance.random() < 0.2:
        return {name: damaged_bytes(chance, content)}, None
    return {name: content}, count


def _contract_table(table: str) -> str:
    columns = {field.name: field for field in NEUTRAL_TABLES[table]
               if not field.name.startswith("record_")}  # fmt: skip
    kinds = {"int64": "integer", "decimal128(18, 4)": "quantity", "bool": "boolean"}
    cells = []
    for name, field in columns.items():
        kind = kinds.get(str(field.type), "time" if "timestamp" in str(field.type) else "text")
        cells.append(_SAMPLE.get(kind, _WORDS.get(name, "A-1")))
    out = io.StringIO()
    csv.writer(out).writerows([list(columns), cells, cells])
    return out.getvalue()


def _spoilt_table(chance: random.Random, text: str) -> tuple[str, int]:
    grid = list(csv.reader(io.StringIO(text)))
    for _ in range(chance.choice([0, 1, 1, 2, 4])):
        row = chance.randrange(len(grid))
        if not grid[row]:
            continue
        column = chance.randrange(len(grid[row]))
        match chance.randrange(6):
            case 0 if row:
                del grid[row]
            case 1 if row:
                grid.insert(row, list(grid[row]))
            case 2:
                grid[row].append("more")
            case 3:
                del grid[row][column]
            case _:
                grid[row][column] = chance.choice(TEXTS)
    out = io.StringIO(newline="")
    csv.writer(out).writerows(grid)
    held = [line for line in grid[1:] if any(cell.strip() for cell in line)]
    return out.getvalue(), len(held)


def _read_or_refused(root: Path, source: Any) -> tuple[Rows | None, str]:
    try:
        return _read(root, source), ""
    except CapstreamError as refused:
        return None, str(refused)


def _read(root: Path, source: Any) -> Rows:
    connector = open_connector(root, source, company_timezone="Europe/Berlin")
    names = frozenset(extract.name for extract in connector.extracts())
    batches = Batches(source.name, source.kind)
    rows: Rows = {}
    for table, batch in batches.filled(connector.records(names), connector.normaliser()):
        rows.setdefault(table, []).extend(batch.to_pylist())
    return rows


def _require_accounted(rows: Rows, delivered: int | None) -> None:
    records = rows.get("records", [])
    whole = [row for row in rows.get("rejected_records", []) if row["record_number"] is None]
    if delivered is not None:
        assert len(records) + len(whole) == delivered, (len(records), len(whole), delivered)
    for row in rows.get("rejected_records", []):
        assert row["reason"], row
        assert row["remedy"], row
        assert row["origin"], row


def _require_whole_worklogs(rows: Rows) -> None:
    """An issue taken without a word has every worklog and second that it was delivered with."""
    remarked = {
        row["record_number"]
        for table in ("rejected_records", "source_notices")
        for row in rows.get(table, [])
    }
    taken: Counter[int] = Counter()
    for row in rows.get("worklogs", []):
        taken[row["record_number"]] += row["seconds"]
    for record in rows.get("records", []):
        if record["record_type"] != "issue" or record["record_number"] in remarked:
            continue
        assert taken[record["record_number"]] == _seconds(json.loads(record["payload"])), record


def _seconds(payload: Any) -> int:
    inner = payload.get("data")
    fields = (inner if isinstance(inner, dict) else payload).get("fields")
    log = fields.get("worklog") if isinstance(fields, dict) else None
    entries = log.get("worklogs") if isinstance(log, dict) else None
    # Pages overlap: a worklog that is listed twice was worked once.
    once = {str(entry["id"]): int(entry["timeSpentSeconds"]) for entry in entries or []}
    return sum(once.values())
