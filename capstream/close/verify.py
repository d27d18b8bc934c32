"""A pack examined by itself: its hashes, its control totals and the ties among its numbers.

Nothing here opens the warehouse: an auditor runs it on a copy of the folder. The rules of the
workbooks themselves live with the reports.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from capstream.close.digests import file_sha256, value_sha256
from capstream.close.finding import PackFinding
from capstream.close.issue import CLOSING
from capstream.close.manifest import MANIFEST, read_manifest
from capstream.close.verify_closing import (
    closing_findings,
    company_of,
    ledger_findings,
    pack_anchor_findings,
)

DETAIL = "cost_detail_{month}.parquet"
_BESIDE = frozenset({MANIFEST, "draft"})
"""What stands in a pack's folder unlisted: a reopened month has its next draft there."""

IDENTITY = ("month", "as_of", "inputs_sha256", "sources_sha256", "code_version")
OF_SOME_RUNS = frozenset({"kept_through"})
"""Parts of the identity that stand only where they say something."""


def pack_findings(pack: Path, *, anchor: str = "") -> list[PackFinding]:
    """Examine a pack and return everything that is wrong with it.

    An issued pack is also held against its closing and, where the company's folder stands around
    it, against the ledger.

    Args:
        pack: The folder of the pack.
        anchor: Hash of an event that was kept elsewhere; it must still be in the chain.

    Raises:
        InputError: The folder holds no manifest of ours.
    """
    manifest = read_manifest(pack)
    found: list[PackFinding] = []
    examinations: tuple[Callable[[], Iterable[PackFinding]], ...] = (
        lambda: _file_findings(pack, manifest["files"]),
        lambda: _identity_findings(manifest),
        lambda: _check_findings(manifest["checks"]),
        lambda: _journal_findings(manifest["control_totals"]),
        lambda: _detail_findings(pack, manifest),
        lambda: _closing_findings(pack, manifest, anchor),
    )
    for examine in examinations:
        try:
            found += examine()
        except (AttributeError, KeyError, TypeError, ArithmeticError) as error:
            # A manifest that was tampered with may lack anything; the other examinations go on.
            message = f"it cannot be examined: {type(error).__name__} {error}"
            found.append(PackFinding("P-MANIFEST", MANIFEST, message))
    return found


def _closing_findings(
    pack: Path, manifest: Mapping[str, Any], anchor: str
) -> Iterator[PackFinding]:
    company = company_of(pack)
    if CLOSING not in manifest:
        if manifest.get("status", "DRAFT") != "DRAFT" or company is not None:
            yield PackFinding("C-CHAIN", MANIFEST, "an issued pack without its closing")
        return
    yield from closing_findings(pack, manifest)
    if company is None:
        yield from pack_anchor_findings(manifest, anchor)
    else:
        yield from ledger_findings(company, anchor=anchor)


def _file_findings(pack: Path, expected: Mapping[str, str]) -> Iterator[PackFinding]:
    present = {path.name for path in pack.iterdir() if path.name not in _BESIDE}
    for name in sorted(expected.keys() - present):
        yield PackFinding("P-MISSING", name, "the manifest lists it, the folder lacks it")
    for name in sorted(present - expected.keys()):
        yield PackFinding("P-UNLISTED", name, "the folder has it, the manifest does not list it")
    for name in sorted(present & expected.keys()):
        actual = file_sha256(pack / name)
        if actual != expected[name]:
            yield PackFinding("P-HASH", name, f"hash {actual}, the manifest says {expected[name]}")


def _identity_findings(manifest: Mapping[str, Any]) -> Iterator[PackFinding]:
    parts = [*IDENTITY, *(OF_SOME_RUNS & manifest.keys())]
    actual = value_sha256({name: manifest[name] for name in parts})
    if actual != manifest["run_id"]:
        yield PackFinding(
            "P-IDENTITY", MANIFEST, f"run id {manifest['run_id']}, its parts give {actual}"
        )


def _check_findings(checks: list[Mapping[str, Any]]) -> Iterator[PackFinding]:
    for check in checks:
        status = _recomputed_status(check)
        if status != check["status"]:
            yield PackFinding(
                "P-CHECK",
                MANIFEST,
                f"check {check['check_id']} says {check['status']}, its values say {status}",
            )
        elif status == "FAIL" and check["severity"] == "BLOCK":
            yield PackFinding(
                "P-TIE",
                MANIFEST,
                f"check {check['check_id']} fails: {check['left_value']} against "
                f"{check['right_value']}: {check['description']}",
            )


def _recomputed_status(check: Mapping[str, Any]) -> str:
    left, right = check["left_value"], check["right_value"]
    if left is None or right is None:
        return "NOT_COMPUTED"
    ties = abs(Decimal(left) - Decimal(right)) <= Decimal(check["tolerance"])
    return "PASS" if ties else "FAIL"


def _journal_findings(totals: Mapping[str, Any]) -> Iterator[PackFinding]:
    debits, credits_ = totals["debit_amounts"], totals["credit_amounts"]
    for currency in sorted({*debits, *credits_}):
        debit, credit = debits.get(currency, "0"), credits_.get(currency, "0")
        if Decimal(debit) != Decimal(credit):
            yield PackFinding(
                "P-JOURNAL", MANIFEST, f"debits {debit} {currency}, credits {credit} {currency}"
            )


def _detail_findings(pack: Path, manifest: Mapping[str, Any]) -> Iterator[PackFinding]:
    """Add the rows of the detail up again and compare with the control totals."""
    name = DETAIL.format(month=manifest["month"])
    if not (pack / name).is_file():
        return
    try:
        rows = pq.read_table(pack / name)
    except (OSError, pa.ArrowInvalid) as error:
        yield PackFinding("P-DETAIL", name, f"it cannot be read: {error}")
        return
    totals = manifest["control_totals"]
    for column in ("capex_amount", "opex_amount"):
        yield from _column_findings(name, rows, column, totals[f"{column}s"])


def _column_findings(
    name: str, rows: pa.Table, column: str, expected: Mapping[str, str]
) -> Iterator[PackFinding]:
    sums = rows.group_by("entity").aggregate([(column, "sum")]).to_pylist()
    actual = {row["entity"]: row[f"{column}_sum"] for row in sums}
    for entity in sorted({*expected, *actual}):
        left, right = actual.get(entity, Decimal(0)), Decimal(expected.get(entity, "0"))
        if left != right:
            yield PackFinding(
                "P-TOTAL",
                name,
                f"{column} of {entity} adds up to {left}, the manifest says {right}",
            )
