"""`capstream compare-policy`: the same cost rows under two policies, side by side."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from capstream.types import Month
from orchestration.cli.options import MonthType, company_option, json_option
from orchestration.cli.output import print_json, print_lines


@click.command(
    name="compare-policy",
    short_help="Show a month's cost under two policies side by side.",
    epilog="Example: capstream compare-policy -c demo --month 2026-10 "
    "--policy us_350_40_legacy --policy us_350_40_asu2025_06",
)
@click.option("--month", required=True, type=MonthType(), help="The month, YYYY-MM.")
@click.option(
    "--policy",
    "policies",
    required=True,
    multiple=True,
    help="A policy of policies/; give the option twice.",
)
@company_option
@json_option
def command(*, month: Month, policies: tuple[str, ...], company: Path, as_json: bool) -> None:
    """Decide the month's cost rows under two policies, on a copy of the warehouse.

    Both are taken to be in force for every entity. Nothing is booked and nothing is changed.
    """
    from capstream.errors import UsageError
    from capstream.warehouse import warehouse_path
    from orchestration.cli.progress import progress
    from orchestration.lib.policy_comparison import compare_policies
    from orchestration.lib.resources import loaded_company

    if len(policies) != 2:
        raise UsageError("two policies are compared: write --policy A --policy B")
    root = company.resolve()
    warehouse_path(root)
    with progress(f"{policies[0]} beside {policies[1]}", quiet=as_json):
        found = compare_policies(loaded_company(root), month, *policies)
    if as_json:
        print_json(found)
    else:
        print_lines(list(_lines(found)))


def _lines(found: Mapping[str, Any]) -> Iterator[str]:
    yield f"{found['month']}: A = {found['policy_a']}, B = {found['policy_b']}; capitalised cost"
    yield f"  {'':<42}{'A':>18}{'B':>18}{'B - A':>18}"
    for row in found["components"]:
        if row["capex_a"] or row["capex_b"]:
            name = f"{row['component_id']} {row['entity']} {row['currency_code']}"
            yield f"  {name:<42}{_amounts(row)}"
    for row in found["totals"]:
        name = f"all of {row['amount']:,.2f} {row['currency_code']}"
        yield f"  {name:<42}{_amounts(row)}"
    moved = [row for row in found["rules"] if row["difference"]]
    yield "rules (A → B)" if moved else "no rule moves any cost"
    for row in moved:
        name = f"{row['rule_a']} → {row['rule_b']} {row['currency_code']}"
        yield f"  {name:<42}{_amounts(row)}"
    yield from _adoption(found)


def _adoption(found: Mapping[str, Any]) -> Iterator[str]:
    rows = found["transitions"]
    if not rows:
        return
    names = ("prospective", "modified", "retrospective")
    yield "effect on opening equity of adopting ASU 2025-06, before tax"
    yield f"  {'':<42}" + "".join(f"{name:>18}" for name in names)
    for row in rows:
        amounts = [row[f"{name}_equity_amount"] for name in names]
        if any(amounts):
            name = f"{row['component_id']} {row['entity']} {row['currency_code']}"
            yield f"  {name:<42}" + "".join(f"{amount:>18,.2f}" for amount in amounts)
    for currency in sorted({row["currency_code"] for row in rows}):
        of = [row for row in rows if row["currency_code"] == currency]
        sums = [sum(row[f"{name}_equity_amount"] for row in of) for name in names]
        yield f"  {'all ' + currency:<42}" + "".join(f"{amount:>18,.2f}" for amount in sums)


def _amounts(row: Mapping[str, Any]) -> str:
    return "".join(f"{row[name]:>18,.2f}" for name in ("capex_a", "capex_b", "difference"))
