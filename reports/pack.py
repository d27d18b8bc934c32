"""A month's pack: three workbooks, the page over them and the full population of cost rows."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from pathlib import Path

from capstream import warehouse
from reports.outside import outside
from reports.page import page_part, write_report_page
from reports.password import lock
from reports.population import write_population
from reports.prior_issue import prior_issue
from reports.render.html.views import PartView
from reports.render.xlsx import write_xlsx
from reports.spec import PackStamp, Workbook
from reports.workbooks.ai_roi.workbook import ai_roi_workbook
from reports.workbooks.finance.cost_detail import release_detail
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
    password: str = "",
) -> list[Path]:
    """Write the month's workbooks and page into a folder, each whole or not at all.

    Args:
        company_root: The company folder, whose warehouse holds the reporting relations.
        month: The month, `YYYY-MM`; must be the stamp's.
        folder: Where the files go; created when missing.
        stamp: What every file carries.
        reader: Reads a reporting relation by name; the company's warehouse by default.
        password: What the workbooks ask for when they are opened; empty for nothing.

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
        return _written(Facts(read, stamp), folder, prior, password)


def write_outside(
    company_root: Path,
    folder: Path,
    stamp: PackStamp,
    *,
    key: bytes,
    reader: Reader | None = None,
    password: str = "",
) -> list[Path]:
    """Write the month's files for readers outside the company into a folder.

    The leaders' workbooks and the page, under pseudonyms; no workpaper and no cost rows.

    Args:
        company_root: The company folder.
        folder: Where the files go; created when missing.
        stamp: What every file carries.
        key: The company's key, under which names become pseudonyms.
        reader: Reads a reporting relation by name; the company's warehouse by default.
        password: What the workbooks ask for when they are opened; empty for nothing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with nullcontext(reader) if reader else warehouse.reading(company_root) as read:
        facts = Facts(outside(read, key), stamp)
        return _files((investment_workbook, ai_roi_workbook), facts, folder, password)


def _written(facts: Facts, folder: Path, prior: PriorIssue | None, password: str) -> list[Path]:
    month = facts.stamp.month
    detail = folder / f"cost_detail_{month}.parquet"
    population = write_population(facts, detail)
    workpaper = _workbook_file(finance_workbook(facts, population, prior), folder, password)
    release_detail(facts)
    gc.collect()  # sheets of a written file refer to each other: they would stay for the next one
    descriptions = (investment_workbook, ai_roi_workbook)
    return [detail, *_files(descriptions, facts, folder, password, before=(workpaper,))]


def _files(
    descriptions: Iterable[Callable[[Facts], Workbook]],
    facts: Facts,
    folder: Path,
    password: str,
    *,
    before: tuple[PartView, ...] = (),
) -> list[Path]:
    """Write workbooks, one after the other, and the page over them and those before."""
    found = (_workbook_file(describe(facts), folder, password) for describe in descriptions)
    parts = (*before, *found)
    page = folder / f"report_{facts.stamp.month}.html"
    write_report_page(facts.stamp, parts, page)
    return [*(folder / part.file for part in parts), page]


def _workbook_file(workbook: Workbook, folder: Path, password: str) -> PartView:
    """Write a workbook and return its part of the page: nothing else of it stays in memory."""
    path = folder / f"{workbook.name}_{workbook.stamp.month}.xlsx"
    part = page_part(write_xlsx(workbook, path), path.name)
    if password:
        lock(path, password)
    return part
