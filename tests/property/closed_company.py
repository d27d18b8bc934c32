"""Three closed months, sealed by the functions of a closing itself, without a warehouse."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from capstream.close.digests import file_hashes, file_sha256, value_sha256
from capstream.close.frozen import frozen_file
from capstream.close.issue import (
    copy_policies,
    manifest_hash,
    next_issue,
    publish_issue,
    seal_pack,
    staged_issue,
)
from capstream.close.ledger import CLOSE, append_event, next_event, read_events
from capstream.close.manifest import MANIFEST_VERSION, manifest_text
from capstream.close.verify import IDENTITY
from capstream.types import Month
from tests.dbt.accounting_world import PRESETS

MONTHS = ("2026-01", "2026-02", "2026-03")
POLICY = "us_350_40_legacy"
RELATIONS = ("fct_assets", "fct_capitalization")
JOURNAL = "journal_{month}.US01.netsuite.csv"


def write_company(root: Path) -> Path:
    """Write a company folder and close its three months."""
    (root / "policies").mkdir(parents=True)
    (root / "capstream.yaml").write_text("schema_version: 1\n", encoding="utf-8")
    preset = (PRESETS / f"{POLICY}.yaml").read_bytes()
    (root / "policies" / f"{POLICY}.yaml").write_bytes(preset)
    for number, month in enumerate(MONTHS, start=1):
        _close(root, Month.parse(month), datetime(2026, number + 1, 3, tzinfo=UTC))
    return root


def _close(root: Path, month: Month, at: datetime) -> None:
    events = read_events(root)
    issue = next_issue(root, month)
    pack = staged_issue(root, issue)
    _write_files(root, pack, str(month))
    manifest = _manifest(root, pack, str(month))
    names = ("run_id", "inputs_sha256", "sources_sha256", "code_version", "files", "frozen")
    policy = {"policy_id": POLICY, "version": 1, "entity": "US01"}
    event = next_event(
        events,
        event=CLOSE,
        month=month,
        at=at,
        prepared_by="Ada",
        approved_by="Bo",
        content_hash=manifest_hash(json.loads(manifest_text(manifest))),
        pack=issue.relative_to(root).as_posix(),
        contents={**{name: manifest[name] for name in names}, "policies": {"US01": policy}},
    )
    seal_pack(pack, manifest, event, events)
    append_event(root, event)
    publish_issue(root, pack, issue, month)
    assert asdict(event)["month_key"] == str(month)


def _write_files(root: Path, pack: Path, month: str) -> None:
    copy_policies(root, [POLICY], pack)
    (pack / f"finance_{month}.xlsx").write_bytes(f"workbook of {month}".encode() * 40)
    (pack / JOURNAL.format(month=month)).write_text(
        "External ID,Account,Debit,Credit\nJ1,1560,60.00,\nJ1,6215,,60.00\n", encoding="utf-8"
    )
    pq.write_table(_rows(), pack / f"cost_detail_{month}.parquet")


def _rows() -> pa.Table:
    money = pa.decimal128(18, 2)
    return pa.table(
        {
            "entity": ["US01", "US01"],
            "capex_amount": pa.array([Decimal(60), Decimal(0)], money),
            "opex_amount": pa.array([Decimal(0), Decimal(40)], money),
        }
    )


def _manifest(root: Path, pack: Path, month: str) -> dict[str, Any]:
    identity = {name: f"{name} of {month}" for name in IDENTITY} | {"month": month}
    return {
        "manifest_version": MANIFEST_VERSION,
        "status": "ISSUED",
        **identity,
        "run_id": value_sha256(identity),
        "control_totals": {
            "cost_amount": Decimal("100.00"),
            "capitalised_amount": Decimal("60.00"),
            "expensed_amount": Decimal("40.00"),
            "unattributed_amount": Decimal("0.00"),
            "capex_amounts": {"US01": Decimal("60.00")},
            "opex_amounts": {"US01": Decimal("40.00")},
            "debit_amounts": {"USD": Decimal("60.00")},
            "credit_amounts": {"USD": Decimal("60.00")},
        },
        "checks": [
            {
                "check_id": "payroll_ties",
                "description": "cost equals payroll",
                "left_value": Decimal("100.00"),
                "right_value": Decimal("100.00"),
                "tolerance": Decimal("0.00"),
                "status": "PASS",
                "severity": "BLOCK",
            }
        ],
        "files": dict(file_hashes(pack, pack.iterdir())),
        "frozen": {name: _freeze(root, month, name) for name in RELATIONS},
    }


def _freeze(root: Path, month: str, relation: str) -> str:
    beside = root / f"{relation}.part"
    pq.write_table(_rows(), beside)
    digest = file_sha256(beside)
    path = frozen_file(root, month, relation, digest)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside.rename(path)
    return digest
