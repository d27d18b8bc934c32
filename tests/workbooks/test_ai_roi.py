"""The AI workbook: what each grade may say, and returns that follow live from what is in view."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from capstream.effects import return_on_investment
from reports.layout import Book
from reports.maps.shapes import Label
from reports.render.xlsx import write_xlsx
from reports.rules.opened import Opened
from reports.spec import Prose, Workbook
from reports.verification import workbook_findings
from reports.workbooks.ai_roi import stage_shift
from reports.workbooks.ai_roi.before_after import BEFORE_AFTER, SURVEY
from reports.workbooks.ai_roi.draws import DRAWS
from reports.workbooks.ai_roi.returns import COSTS, RESULT, STEPS
from reports.workbooks.ai_roi.wording import DISCLAIMER, FORBIDDEN, LABELS
from reports.workbooks.ai_roi.workbook import ai_roi_workbook
from reports.workbooks.shared.facts import Facts
from tests.workbooks.small_pack import MONTH, STAMP, frames, reader
from tests.workbooks.small_rollout import STARTS, rollout_frames

NOT_CLAIMS = {"Glossary", "IPE", "Assumptions"}
"""Sheets that hold no claim of ours: definitions, lists of files and settings."""


def workbook(grade: str, **changed) -> Workbook:
    return ai_roi_workbook(Facts(reader(frames() | rollout_frames(grade) | changed), STAMP))


def written(grade: str, folder: Path) -> Opened:
    path = folder / f"ai_roi_{MONTH}.xlsx"
    write_xlsx(workbook(grade), path)
    return Opened(path)


def claims(book: Opened) -> list[str]:
    """Every text of the file but definitions and the fixed disclaimer; and the chart titles."""
    found = [
        cell.value.replace(DISCLAIMER, "")
        for sheet in book.sheets
        if sheet.name not in NOT_CLAIMS
        for cell in sheet.cells.values()
        if cell.kind == "text" and cell.value
    ]
    titles = [
        part.decode() for name, part in book.parts.items() if name.startswith("xl/charts/chart")
    ]
    return [*found, *(text for part in titles for text in re.findall(r"<a:t>([^<]*)</a:t>", part))]


@pytest.mark.parametrize("grade", STARTS)
def test_every_grade_writes_a_workbook_that_breaks_no_rule(grade: str, tmp_path: Path) -> None:
    written(grade, tmp_path)
    assert [str(found) for found in workbook_findings(tmp_path, recalculate=False)] == []


@pytest.mark.parametrize("grade", ["D", "E", "illustration"])
def test_without_a_comparison_no_claim_says_caused_saved_or_roi(grade: str, tmp_path: Path) -> None:
    book = written(grade, tmp_path)
    words = re.compile("|".join(rf"\b{word}\b" for word in FORBIDDEN), re.IGNORECASE)
    assert [text for text in claims(book) if words.search(text)] == []
    assert "Return" in [sheet.name for sheet in book.sheets]
    assert any(text == f"not computed: grade {grade}" for text in claims(book))


def test_the_words_are_found_where_they_stand(tmp_path: Path) -> None:
    """The search of the test above finds them in a workbook that may say them."""
    assert any("ROI" in text for text in claims(written("A", tmp_path)))


def test_three_teams_print_no_interval_and_the_grade_illustration(tmp_path: Path) -> None:
    book = Book(workbook("illustration"))
    assert book.column("tbl_verdict", "value")[0] == "illustration"
    assert set(book.column(BEFORE_AFTER, "low")) == {"no interval"}
    assert set(book.column("tbl_events", "low")) == {"no band"}


def test_few_teams_print_a_p_value_and_no_interval() -> None:
    book = Book(workbook("B"))
    row = list(LABELS).index("accepted_items")
    assert book.cell(BEFORE_AFTER, "low", row) == "no interval"
    assert isinstance(book.cell(BEFORE_AFTER, "p_value", row), Decimal)
    assert book.cell(RESULT, "low", 0) == "no interval"


def test_many_teams_print_intervals() -> None:
    book = Book(workbook("A"))
    low, estimate, high = (book.cell(BEFORE_AFTER, name, 0) for name in ("low", "estimate", "high"))
    assert low < estimate < high
    assert book.cell(RESULT, "low", 0) < book.cell(RESULT, "roi", 0) < book.cell(RESULT, "high", 0)


def test_the_sheet_counts_the_return_as_the_function_does() -> None:
    book = Book(workbook("A"))
    costs = {
        str(name) + str(row): float(amount)
        for row, (name, amount) in enumerate(
            zip(book.column(COSTS, "category"), book.column(COSTS, "amount"), strict=True)
        )
    }
    once = [
        name for name, paid in zip(costs, book.column(COSTS, "once"), strict=True) if paid == "once"
    ]
    expected = return_on_investment(
        hours=float(book.named("nm_hours")),
        theta=float(book.named("nm_theta")),
        rate=float(book.named("nm_loaded_rate")),
        costs=costs,
        one_off=once,
        months=float(book.named("nm_roi_months")),
    )
    assert float(book.named("out_roi_capacity")) == pytest.approx(expected.capacity.roi)
    assert float(book.named("out_roi_redeployed")) == pytest.approx(-1)
    assert float(book.named("out_roi_cash")) == pytest.approx(-1)
    assert float(book.named("out_break_even")) == pytest.approx(expected.break_even_theta)
    assert float(book.named("out_payback_months")) == pytest.approx(expected.payback_months)
    assert len(book.column(STEPS, "value")) == 11


def test_the_interval_is_counted_live_over_the_draws_as_the_function_does() -> None:
    book = Book(workbook("A"))
    draws = [float(value) for value in book.column(DRAWS, "theta")]
    expected = return_on_investment(
        hours=float(book.named("nm_hours")),
        theta=float(book.named("nm_theta")),
        rate=float(book.named("nm_loaded_rate")),
        costs={"all": float(book.named("out_roi_cost"))},
        draws=draws,
    )
    low, high = (float(book.cell(RESULT, name, 0)) for name in ("low", "high"))
    assert len(draws) == 5_000
    assert (low, high) == pytest.approx(expected.capacity.interval)
    assert float(book.cell(RESULT, "chance", 0)) == pytest.approx(expected.probability_positive)
    assert book.cell(RESULT, "low", 2) == book.cell(RESULT, "high", 2) == -1


def test_the_steps_of_a_stream_are_drawn_before_and_after_beside_their_controls() -> None:
    drawing = stage_shift.stream_drawing(Facts(reader(frames()), STAMP))
    assert drawing is not None
    assert "Dev 12.0 h to 14.0 h" in drawing.description
    assert "Streams without the tools" in drawing.description
    assert "All steps 36.0 h to 42.0 h" in drawing.description
    labels = [shape.text for shape in drawing.shapes if isinstance(shape, Label)]
    assert labels.count("42.0 h") == 2
    sheet = workbook("B").sheet("StageShift")
    assert [picture.description for picture in sheet.pictures] == [drawing.description]


def test_what_people_report_is_shown_and_small_sides_are_hidden() -> None:
    book = Book(workbook("B"))
    assert book.cell(SURVEY, "treated_after_mean", 0) == Decimal("3.6")
    assert book.cell(SURVEY, "control_before_mean", 0) == "hidden"
    assert book.cell(SURVEY, "control_before_people", 0) == "hidden"


def test_estimators_of_opposite_sign_claim_no_effect_and_give_no_return(tmp_path: Path) -> None:
    verdict = rollout_frames("B")["rpt_ai_roi__verdict"].assign(
        grade="C", is_sign_opposed=True, theta=None, theta_note="they differ in sign"
    )
    book = workbook("B", rpt_ai_roi__verdict=verdict)
    names = [sheet.name for sheet in book.sheets]
    assert "Return" in names
    assert "ROI" not in names
    told = [
        text
        for block in book.sheet("Verdict").blocks
        if isinstance(block, Prose)
        for text in block.paragraphs
    ]
    assert any("no effect is claimed" in text for text in told)
    assert not any("estimated effect of the tools" in text for text in told)


def test_trends_that_differed_leave_a_series_and_its_wording() -> None:
    """Grade D by what was found, not by design: the controls are there and may not be used."""
    frames_of = rollout_frames("A")
    verdict = frames_of["rpt_ai_roi__verdict"].assign(grade="D", theta=None)
    series = (
        frames_of["rpt_ai_roi__effects"]
        .iloc[[0]]
        .assign(estimator="interrupted_time_series", aggregate="level_change", estimate=0.25)
    )
    effects = pd.concat([frames_of["rpt_ai_roi__effects"], series], ignore_index=True)
    book = workbook("A", rpt_ai_roi__verdict=verdict, rpt_ai_roi__effects=effects)
    told = next(b for b in book.sheet("Verdict").blocks if isinstance(b, Prose)).paragraphs
    assert told[0].startswith("After the rollout, accepted items changed by +0.250")


def test_stages_on_the_sheet_add_up_to_the_lead_time() -> None:
    book = Book(workbook("A"))
    total, whole = (
        book.cell(stage_shift.WHOLE, "value", 0),
        book.cell(stage_shift.WHOLE, "value", 1),
    )
    assert total == pytest.approx(whole, abs=Decimal("0.00001"))


def test_a_difference_of_differences_stands_only_where_it_is_the_estimate() -> None:
    book = Book(workbook("one start"))
    for row in range(len(LABELS)):
        assert book.cell(BEFORE_AFTER, "twice", row) == pytest.approx(
            book.cell(BEFORE_AFTER, "estimate", row), abs=Decimal("0.00001")
        )
    with pytest.raises(KeyError, match="twice"):
        Book(workbook("A")).column(BEFORE_AFTER, "twice")


def test_a_guardrail_beyond_its_limit_is_breached_and_the_return_says_so() -> None:
    book = Book(workbook("A"))
    statuses = book.column("tbl_guardrails", "status")
    assert set(statuses) == {"BREACHED", "not measured"}
    assert str(book.cell("tbl_roi_banner", "value", 0)).startswith("quality guardrail breached")


def test_no_rollout_is_said_and_never_zero(tmp_path: Path) -> None:
    empty = {name: frame.iloc[:0] for name, frame in rollout_frames("B").items()}
    found = workbook("B", **empty)
    answer = next(block for block in found.sheet("Verdict").blocks if isinstance(block, Prose))
    assert answer.paragraphs[0].startswith("No team started")
    assert Book(found).column("tbl_verdict", "value")[0] == "E"
