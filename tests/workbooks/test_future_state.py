"""The levers: live elsewhere, at rest the measured map; steps cost what finance says."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest

from reports.layout import Book
from reports.rules.opened import Opened
from reports.verification import workbook_findings
from reports.workbooks.investment.workbook import investment_workbook
from reports.workbooks.shared.facts import Facts
from tests.workbooks.edited import cell_of, edit_cell
from tests.workbooks.small_delivery import FINISHED, STEPS, TOTAL
from tests.workbooks.small_pack import MONTH, STAMP, frames, reader

LEVERS = "tbl_levers_checkout"
OUT = "out_future_lead_checkout"
WORKING_HOURS = 168


def lead_after(
    cuts: dict[str, float] | None = None,
    process_cuts: dict[str, float] | None = None,
    accurate: dict[str, float] | None = None,
    limits: dict[str, float] | None = None,
) -> float:
    """Compute `Σ (PT (1 − p) + wait (1 − w)) C / C'` in plain Python, limits by Little's law."""
    lead = 0.0
    for name, _, _, _, process, wait, _, by_visits, _, _ in STEPS:
        limit = (limits or {}).get(name)
        if limit is not None:
            wait = min(wait, max(0.0, limit / (FINISHED / WORKING_HOURS) - process))
        hours = process * (1 - (process_cuts or {}).get(name, 0))
        hours += wait * (1 - (cuts or {}).get(name, 0))
        lead += hours * by_visits / (accurate or {}).get(name, by_visits)
    return lead


def described(relations=None) -> Book:
    return Book(investment_workbook(Facts(partial(reader(relations)), STAMP)))


def test_levers_at_rest_give_the_measured_map_back() -> None:
    relations = frames()
    plan = relations["rpt_investment__improvements"]
    relations["rpt_investment__improvements"] = plan[plan["is_due"]]
    assert described(relations).named(OUT) == Decimal(str(TOTAL))


def test_levers_stand_as_the_plan_has_them() -> None:
    # The example of the design: 70 % less waiting for reviews takes 30.0 h to 26.15 h.
    assert float(described().named(OUT)) == pytest.approx(lead_after({"Review": 0.7}), abs=1e-9)
    assert float(described().named(OUT)) == pytest.approx(26.15 - 30.0 + TOTAL, abs=1e-9)


def test_a_measure_shows_what_came_of_what_was_forecast() -> None:
    book = described()
    found = book.column("tbl_plan", "realised")
    assert found[0] is None
    assert float(found[1]) == pytest.approx((5.5 - 5.0) / (1.5 - 5.0))


def test_a_load_of_one_or_more_is_unstable() -> None:
    relations = frames()
    steps = relations["rpt_investment__flow_steps"]
    steps.loc[steps["step"] == "Review", "load_ratio"] = 1.05
    book = described(relations)
    row = book.row_of(LEVERS, "Review")
    assert book.cell(LEVERS, "needed", row) == "unstable"
    assert book.cell(LEVERS, "capacity", row) == "unstable"


def test_feasibility_follows_the_queue() -> None:
    # Wait down by 70 % at a load of 0.9 needs odds of 2.7: a load of 0.73, 23 % more capacity.
    relations = frames()
    steps = relations["rpt_investment__flow_steps"]
    steps.loc[steps["step"] == "Review", "load_ratio"] = 0.9
    book = described(relations)
    row = book.row_of(LEVERS, "Review")
    assert float(book.cell(LEVERS, "needed", row)) == pytest.approx(2.7 / 3.7)
    assert float(book.cell(LEVERS, "capacity", row)) == pytest.approx(0.9 / (2.7 / 3.7) - 1)


@pytest.mark.office
@pytest.mark.parametrize(
    ("header", "step", "value", "changed"),
    [
        ("Lever: wait cut (%)", "Review", 0.5, {"cuts": {"Review": 0.5}}),
        ("Lever: process time cut (%)", "Dev", 0.2, {"process_cuts": {"Dev": 0.2}}),
        ("Lever: C&A by visits (%)", "Dev", 0.9, {"accurate": {"Dev": 0.9}}),
        ("Lever: WIP limit (items, 0 = none)", "Ready", 0.1, {"limits": {"Ready": 0.1}}),
    ],
)
def test_an_edited_lever_moves_the_lead_time(
    pack: Path, tmp_path: Path, recalculate, header: str, step: str, value: float, changed: dict
) -> None:
    path = tmp_path / f"investment_{MONTH}.xlsx"
    path.write_bytes((pack / path.name).read_bytes())
    sheet, cell = cell_of(path, LEVERS, header, Step=step)
    edit_cell(path, sheet, cell.ref, f"<v>{value}</v>")
    found = recalculate(path).named_cell(OUT)[1].number
    cuts = {"Review": 0.7} | changed.pop("cuts", {})
    assert float(found) == pytest.approx(lead_after(cuts, **changed), abs=1e-9)


def test_a_step_that_costs_more_than_finance_says_is_found(copied_pack: Path) -> None:
    path = copied_pack / f"investment_{MONTH}.xlsx"
    sheet, cell = cell_of(path, "tbl_steps_checkout", "Cost (USD)", Step="Dev")
    edit_cell(path, sheet, cell.ref, f"<v>{cell.number + Decimal('0.01')}</v>")
    found = workbook_findings(copied_pack, recalculate=False)
    assert "K04" in {finding.rule_id for finding in found}


def test_a_stream_under_five_people_shows_its_map_without_cost() -> None:
    relations = frames()
    relations["rpt_investment__flow_steps"]["is_cost_shown"] = False
    book = described(relations)
    headers = [column.header for column in book.tables["tbl_steps_checkout"].columns]
    assert not [header for header in headers if "USD" in header]


def test_maps_carry_their_words(pack: Path) -> None:
    book = Opened(pack / f"investment_{MONTH}.xlsx")
    drawings = [part for name, part in book.parts.items() if name.startswith("xl/drawings/drawing")]
    assert any(b"Value stream map: Checkout" in part for part in drawings)
