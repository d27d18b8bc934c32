"""A pack that was touched anywhere is found out, and told which rule it breaks."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from capstream.close.digests import file_hashes, value_sha256
from capstream.close.manifest import MANIFEST_VERSION, write_manifest
from capstream.close.verify import IDENTITY, pack_findings
from capstream.errors import InputError

MONTH = "2026-10"
DETAIL = f"cost_detail_{MONTH}.parquet"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    money = pa.decimal128(18, 2)
    rows = pa.table(
        {
            "entity": ["US01", "DE01", "US01"],
            "capex_amount": pa.array([Decimal(50), Decimal(10), Decimal(0)], money),
            "opex_amount": pa.array([Decimal(0), Decimal(0), Decimal(40)], money),
        }
    )
    pq.write_table(rows, tmp_path / DETAIL)
    (tmp_path / "finance.xlsx").write_bytes(b"workbook")
    identity = {name: name for name in IDENTITY} | {"month": MONTH}
    write_manifest(
        tmp_path,
        {
            "manifest_version": MANIFEST_VERSION,
            **identity,
            "run_id": value_sha256(identity),
            "control_totals": {
                "cost_amount": Decimal("100.00"),
                "capitalised_amount": Decimal("60.00"),
                "expensed_amount": Decimal("40.00"),
                "unattributed_amount": Decimal("40.00"),
                "capex_amounts": {"US01": Decimal("50.00"), "DE01": Decimal("10.00")},
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
            "files": file_hashes(tmp_path, tmp_path.iterdir()),
        },
    )
    return tmp_path


def changed(pack: Path, change: Callable[[dict[str, Any]], None]) -> None:
    path = pack / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    change(manifest)
    path.write_text(json.dumps(manifest), encoding="utf-8")


def rules(pack: Path) -> set[str]:
    return {finding.rule for finding in pack_findings(pack)}


def test_an_untouched_pack_has_no_finding(pack: Path) -> None:
    assert pack_findings(pack) == []


def test_a_changed_byte_is_found(pack: Path) -> None:
    (pack / "finance.xlsx").write_bytes(b"Workbook")
    assert rules(pack) == {"P-HASH"}


def test_a_missing_and_an_added_file_are_found(pack: Path) -> None:
    (pack / "finance.xlsx").rename(pack / "other.xlsx")
    assert rules(pack) == {"P-MISSING", "P-UNLISTED"}


def test_a_check_that_lies_is_found(pack: Path) -> None:
    changed(pack, lambda manifest: manifest["checks"][0].update(left_value="100.01"))
    assert rules(pack) == {"P-CHECK"}


def test_a_failed_tie_is_found(pack: Path) -> None:
    changed(pack, lambda manifest: manifest["checks"][0].update(left_value="99.99", status="FAIL"))
    assert rules(pack) == {"P-TIE"}


@pytest.mark.parametrize("total", ["capex_amounts", "opex_amounts"])
@pytest.mark.parametrize("entity", ["US01", "DE01"])
def test_a_total_that_its_rows_do_not_give_is_found(pack: Path, total: str, entity: str) -> None:
    changed(pack, lambda manifest: manifest["control_totals"][total].update({entity: "1.00"}))
    assert rules(pack) == {"P-TOTAL"}


def test_a_journal_out_of_balance_is_found(pack: Path) -> None:
    changed(
        pack, lambda manifest: manifest["control_totals"].update(credit_amounts={"USD": "59.99"})
    )
    assert rules(pack) == {"P-JOURNAL"}


def test_an_identity_that_does_not_follow_from_its_parts_is_found(pack: Path) -> None:
    changed(pack, lambda manifest: manifest.update(inputs_sha256="other"))
    assert rules(pack) == {"P-IDENTITY"}


def test_a_folder_without_manifest_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="name the folder of a pack"):
        pack_findings(tmp_path)
