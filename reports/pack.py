"""A month's pack: three workbooks, the page over them and the full population of cost rows."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

from capstream import warehouse
from reports.page import page_part, write_report_page
from reports.population import write_population
from reports.prior_issue import prior_issue
from reports.render.xlsx import write_xlsx
from reports.spec import PackStamp
from reports.workbooks.ai_roi.workbook import ai_roi_workbook
from reports.workbooks.finance.workbook import finance_workbook
from reports.workbooks.investment.workbook import investment_workbook
from reports.workbooks.shared.facts import Facts, Reader
from reports.workbooks.shared.prior import PriorIssue


def write_workbooks(
    company_root: Path,
    month: str,
    folder: Path,
    stamp: PackStamp,
    *,
    reader: Reader | None = None,
) -> list[Path]:
    """Write the month's workbooks and page into a folder, each whole or not at all.

    Args:
        company_root: The company folder, whose warehouse holds the reporting relations.
        month: The month, `YYYY-MM`; must be the stamp's.
        folder: Where the files go; created when missing.
        stamp: What every file carries.
        reader: Reads a reporting relation by name; the company's warehouse by default.

    Returns:
        The files written: the population, the workbooks, the page.

    Raises:
        ValueError: The stamp is of another month.
    """
    if stamp.month != month:
        raise ValueError(f"the stamp is of {stamp.month}, the pack of {month}")
    folder.mkdir(parents=True, exist_ok=True)
    prior = prior_issue(company_root, stamp)
    with nullcontext(reader) if reader else warehouse.reading(company_root) as read:
        return _written(Facts(read, stamp), folder, prior)


def _written(facts: Facts, folder: Path, prior: PriorIssue | None) -> list[Path]:
    month = facts.stamp.month
    detail = folder / f"cost_detail_{month}.parquet"
    population = write_population(facts, detail)
    written, parts = [detail], []
    for workbook in (
        finance_workbook(facts, population, prior),
        investment_workbook(facts),
        ai_roi_workbook(facts),
    ):
        path = folder / f"{workbook.name}_{month}.xlsx"
        parts.append(page_part(write_xlsx(workbook, path), path.name))
        written.append(path)
    page = folder / f"report_{month}.html"
    write_report_page(facts.stamp, tuple(parts), page)
    return [*written, page]
