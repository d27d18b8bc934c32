"""Verification of finished workbooks: every rule over every file, without a warehouse."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import ParseError

from reports.password import readable
from reports.recalculation import office_program
from reports.rules import file_rules, formula_rules, layout_rules, text_rules
from reports.rules.file_rules import Breach
from reports.rules.finding import Finding
from reports.rules.opened import Opened
from reports.rules.page_rules import PAGE_RULES, read_page
from reports.rules.recalculated import f03
from reports.ties import k01, k02, k03, k04, k05

Check = Callable[[Opened], Iterator[Breach]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its number, its weight, the function that looks."""

    rule_id: str
    severity: str
    check: Check

    @property
    def says(self) -> str:
        """What the rule demands, in one line."""
        return (self.check.__doc__ or "").strip().splitlines()[0]


RULES: tuple[Rule, ...] = (
    Rule("S01", "BLOCK", file_rules.s01),
    Rule("S02", "BLOCK", file_rules.s02),
    Rule("S03", "BLOCK", file_rules.s03),
    Rule("S04", "WARN", file_rules.s04),
    Rule("F01", "BLOCK", formula_rules.f01),
    Rule("F02", "BLOCK", formula_rules.f02),
    Rule("F04", "BLOCK", formula_rules.f04),
    Rule("F05", "BLOCK", formula_rules.f05),
    Rule("F06", "BLOCK", formula_rules.f06),
    Rule("F07", "BLOCK", formula_rules.f07),
    Rule("F08", "BLOCK", formula_rules.f08),
    Rule("F09", "WARN", formula_rules.f09),
    Rule("F10", "BLOCK", formula_rules.f10),
    Rule("F11", "BLOCK", formula_rules.f11),
    Rule("F12", "WARN", formula_rules.f12),
    Rule("F13", "WARN", layout_rules.f13),
    Rule("T01", "BLOCK", file_rules.t01),
    Rule("T02", "BLOCK", file_rules.t02),
    Rule("T03", "BLOCK", file_rules.t03),
    Rule("L01", "BLOCK", file_rules.l01),
    Rule("L02", "WARN", layout_rules.l02),
    Rule("L03", "WARN", layout_rules.l03),
    Rule("L04", "WARN", layout_rules.l04),
    Rule("A01", "BLOCK", file_rules.a01),
    Rule("A02", "WARN", layout_rules.a02),
    Rule("C01", "BLOCK", layout_rules.c01),
    Rule("I01", "BLOCK", text_rules.i01),
    Rule("I02", "BLOCK", text_rules.i02),
    Rule("I03", "BLOCK", text_rules.i03),
    Rule("I04", "BLOCK", text_rules.i04),
    Rule("K01", "BLOCK", k01),
    Rule("K02", "BLOCK", k02),
    Rule("K03", "BLOCK", k03),
    Rule("K05", "BLOCK", k05),
    Rule("M01", "BLOCK", file_rules.m01),
    Rule("M02", "WARN", file_rules.m02),
    Rule("M03", "BLOCK", file_rules.m03),
)
RECALCULATION = Rule("F03", "BLOCK", f03)


def workbook_findings(
    folder: Path, *, recalculate: bool = True, password: str = ""
) -> list[Finding]:
    """Hold every workbook of a folder, and its page, against every rule.

    Args:
        folder: A pack's folder; its `*.xlsx` files and its `report_*.html` are read.
        recalculate: Also compare stored values with LibreOffice's. Without LibreOffice one
            finding says that the recalculation was not done.
        password: What opens workbooks that carry a password.

    Returns:
        The findings, by file, rule and cell; empty when all is well.

    Raises:
        UsageError: A workbook carries a password and does not open with the one given.
    """
    with readable(folder, password) as opened:
        return _folder_findings(opened, recalculate=recalculate)


def _folder_findings(folder: Path, *, recalculate: bool) -> list[Finding]:
    findings: list[Finding] = []
    books: list[Opened] = []
    for path in sorted(folder.glob("*.xlsx")):
        try:
            book = Opened(path)
            findings += file_findings(book, recalculate=recalculate)
        except (zipfile.BadZipFile, KeyError, ParseError, ValueError) as error:
            findings.append(Finding("S01", "BLOCK", path.name, "", f"cannot be opened: {error}"))
        else:
            books.append(book)
    if books:
        findings += [Finding("K04", "BLOCK", file, *breach) for file, breach in k04(books)]
        findings += page_findings(folder, books)
    return sorted(findings)


def file_findings(book: Opened, *, recalculate: bool = True) -> list[Finding]:
    """Hold one workbook against the rules that concern it alone."""
    found = [
        Finding(rule.rule_id, rule.severity, book.path.name, *breach)
        for rule in RULES
        for breach in rule.check(book)
    ]
    if not recalculate:
        return found
    if office_program() is None:
        message = "recalculation not done: LibreOffice is not installed"
        return [*found, Finding("F03", "WARN", book.path.name, "", message)]
    return found + [
        Finding("F03", RECALCULATION.severity, book.path.name, *breach)
        for breach in RECALCULATION.check(book)
    ]


def page_findings(folder: Path, books: Sequence[Opened]) -> list[Finding]:
    """Hold the page of a folder against its workbooks."""
    findings = []
    for path in sorted(folder.glob("report_*.html")):
        try:
            page = read_page(path)
        except ValueError as error:
            findings.append(Finding("H01", "BLOCK", path.name, "", f"cannot be read: {error}"))
            continue
        findings += [
            Finding(rule_id, "BLOCK", path.name, *breach)
            for rule_id, check in PAGE_RULES
            for breach in check(page, books)
        ]
    return findings
