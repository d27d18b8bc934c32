"""The closing words of a run: what the month cost, how it was treated, and whether it ties."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from orchestration.cli.output import money, share, shown_path

ALL_PASS = "all checks pass"  # noqa: S105 - no password


def summary_lines(manifest: Mapping[str, Any], pack: Path) -> list[str]:
    """Say in plain words what a draft pack holds."""
    totals = manifest["control_totals"]
    currency, cost = totals["currency_code"], totals["cost_amount"]
    return [
        f"{manifest['company']}, {manifest['month']}, draft",
        f"  cost          {money(cost, currency):>22}",
        *(
            f"  {name:<13} {money(totals[key], currency):>22}  {share(totals[key], cost):>7}{note}"
            for name, key, note in (
                ("capitalised", "capitalised_amount", ""),
                ("expensed", "expensed_amount", ""),
                ("unattributed", "unattributed_amount", " (expensed for want of evidence)"),
            )
        ),
        f"  checks        {_counted(manifest['checks'])}",
        *_kept(manifest),
        f"  files         {shown_path(pack)}",
        *(f"                {name}" for name in sorted([*manifest["files"], "manifest.json"])),
        *_verdict(manifest["checks"]),
    ]


def _kept(manifest: Mapping[str, Any]) -> list[str]:
    """Say which closed months the run did not compute again, where it kept them."""
    kept = manifest.get("kept_through")
    if not kept:
        return []
    return [f"  closed        kept through {kept}, not compared with today (capstream drift)"]


def _counted(checks: list[Mapping[str, Any]]) -> str:
    counts = {
        "pass": _count(checks, "PASS"),
        "fail": _count(checks, "FAIL"),
        "not computed": _count(checks, "NOT_COMPUTED"),
    }
    return ", ".join(f"{count} {word}" for word, count in counts.items() if count or word == "pass")


def _count(checks: list[Mapping[str, Any]], status: str) -> int:
    return sum(check["status"] == status for check in checks)


def _verdict(checks: list[Mapping[str, Any]]) -> list[str]:
    failed = [check for check in checks if check["status"] == "FAIL"]
    if not failed:
        return [ALL_PASS]
    lines = [
        f"{'FAILS' if check['severity'] == 'BLOCK' else 'warns'} {check['check_id']}: "
        f"{check['description']}: {check['left_value']} against {check['right_value']}"
        f"{': ' + check['detail'] if check['detail'] else ''}"
        for check in failed
    ]
    if all(check["severity"] != "BLOCK" for check in failed):
        lines.append("all blocking checks pass")
    return lines
