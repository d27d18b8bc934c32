"""Months at the edge: names of every script, long titles, yen, adjustments below zero."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from reports.rules.opened import Opened
from reports.verification import workbook_findings
from tests.workbooks.conftest import build_pack
from tests.workbooks.small_pack import MONTH, PEOPLE, frames

Relations = dict[str, pd.DataFrame]
NAMES = ("结算组件", "محفظة", "🧾 Wallet", "Ünïcode-Größe", "‏مختلط LTR")


def renamed(relations: Relations) -> None:
    """Give components and teams names of every script."""
    for name, frame in relations.items():
        for column in ("component_name", "team", "title", "description"):
            if column in frame and not name.startswith("rpt_ai_roi__adoption"):
                frame[column] = [
                    NAMES[place % len(NAMES)] + f" {place}" for place in range(len(frame))
                ]


def teams_kept(relations: Relations) -> None:
    """Rename components alone: teams tie relations to each other."""
    teams = {name: frame["team"].copy() for name, frame in relations.items() if "team" in frame}
    renamed(relations)
    for name, column in teams.items():
        relations[name]["team"] = column


def long_titles(relations: Relations) -> None:
    relations["rpt_finance__cost_detail"]["work_item_title"] = "長" * 40_000


def only_negative(relations: Relations) -> None:
    """Turn the month into adjustments below zero: cost, register, teams, months, additions."""
    cost = relations["rpt_finance__cost_detail"]
    for name, columns in {
        "rpt_finance__cost_detail": ("capex_amount", "opex_amount"),
        "rpt_finance__payroll_register": ("amount",),
        "rpt_finance__person_detail": ("register_amount",),
        "rpt_investment__investment": ("capex_amount", "opex_amount"),
    }.items():
        for column in columns:
            relations[name][column] = [-value for value in relations[name][column]]
    teams = relations["rpt_finance__team_months"]
    months = relations["rpt_finance__months"]
    now = teams["month_key"] == MONTH
    for column in ("capex_amount", "opex_amount"):
        teams.loc[now, column] = [-value for value in teams.loc[now, column]]
    last = months.index[-1]
    months.at[last, "cost_amount"] = -months.at[last, "cost_amount"]
    assert (cost["capex_amount"] <= 0).all()


def one_item(relations: Relations) -> None:
    """Leave a single cost row, and what belongs to it."""
    cost = relations["rpt_finance__cost_detail"]
    row = cost.iloc[[0]].assign(capex_amount=Decimal(0), opex_amount=Decimal("100.00"))
    row = row.assign(treatment="opex", asset_key="-", journal_key="-", bridge_step="outside")
    relations["rpt_finance__cost_detail"] = row
    register = relations["rpt_finance__payroll_register"].iloc[[0]]
    relations["rpt_finance__payroll_register"] = register.assign(amount=Decimal("100.00"))


QUIET: tuple[tuple[str, Callable[[Relations], None]], ...] = (
    ("names of every script", teams_kept),
    ("titles of 40,000 characters", long_titles),
)
REWORKED: tuple[tuple[str, Callable[[Relations], None]], ...] = (
    ("only negative adjustments", only_negative),
    ("a single row", one_item),
)


@pytest.mark.parametrize("change", [change for _, change in QUIET], ids=[name for name, _ in QUIET])
def test_a_pack_at_the_edge_breaks_no_rule(change, tmp_path: Path) -> None:
    relations = frames()
    change(relations)
    folder = build_pack(tmp_path, relations)
    assert [str(item) for item in workbook_findings(folder, recalculate=False)] == []


@pytest.mark.parametrize(
    "change", [change for _, change in REWORKED], ids=[name for name, _ in REWORKED]
)
def test_a_month_reworked_by_hand_breaks_no_rule_of_form(change, tmp_path: Path) -> None:
    """The ties to relations left as they were fail, as they must; every other rule holds."""
    relations = frames()
    change(relations)
    folder = build_pack(tmp_path, relations)
    broken = {item.rule_id for item in workbook_findings(folder, recalculate=False)}
    assert broken <= {"K01", "K02", "K04"}


def test_leaders_see_neither_persons_nor_their_pay(pack: Path) -> None:
    people = {person for person, *_ in PEOPLE}
    pay = {"8612.34", "612.34"}  # one person's pay and its tax: no other amount is the same
    for name in ("investment", "ai_roi"):
        book = Opened(pack / f"{name}_{MONTH}.xlsx")
        shown = {cell.value for sheet in book.sheets for cell in sheet.cells.values()}
        assert not shown & people, name
        assert not shown & pay, name
