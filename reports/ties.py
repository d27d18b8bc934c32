"""Ties: figures recomputed outside the spreadsheet, from the workbook's own detail (K)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from capstream.types import minor_digits
from reports.rules.file_rules import Breach, kind_of
from reports.rules.opened import Cell, ListedTable, Opened

CENT = Decimal("0.01")
SHARED_TOTALS = (
    ("finance", "out_cost", "investment", "out_cost"),
    ("finance", "out_capex", "investment", "out_capex"),
)
"""Headline of one workbook that must equal the headline of another."""

SUMMED = "(summed)"
"""What stands in place of the item where rows are summed."""
_REPORTED = re.compile(r"Capitalised \(([A-Z]{3})\)")
REISSUE = re.compile(r"\d{4}-\d{2}_v\d+")

Record = dict[str, Cell | None]


def k01(book: Opened) -> Iterator[Breach]:
    """Every blocking check passes; both sides are formulas over different cells."""
    table = _table(book, "tbl_checks")
    if table is None:
        yield "", "the workbook has no sheet Checks with tbl_checks"
        return
    for record in book.records(table):
        name = _text(record, "Check")
        left, right = _starting(record, "Left"), _starting(record, "Right")
        if left is None or right is None or left.formula is None or right.formula is None:
            yield f"Checks!{name}", "a side of the check is not a formula"
        elif left.formula == right.formula:
            yield f"Checks!{name}", "both sides of the check are the same formula"
        if _text(record, "Status") != "PASS" and _text(record, "Severity") == "BLOCK":
            yield f"Checks!{name}", f"the check says {_text(record, 'Status')}"


def k02(book: Opened) -> Iterator[Breach]:
    """Journal, roll-forward, detail, register and waterfall agree when added up anew."""
    if kind_of(book) != "finance":
        return
    yield from _journal(book)
    yield from _roll_forward(book)
    yield from _detail(book)
    yield from _waterfall(book)


def k03(book: Opened) -> Iterator[Breach]:
    """Every capitalised row names its rule and its evidence; its link leads to its item."""
    detail = _table(book, "tbl_cost_detail")
    if kind_of(book) != "finance" or detail is None:
        return
    links = book.links(detail.sheet)
    for record in book.records(detail):
        item = _starting(record, "Work item")
        if _text(record, "Treatment") != "capex" or item is None or item.value == SUMMED:
            continue
        where = f"CostDetail!{item.ref}"
        if _text(record, "Rule") in {"", "-"}:
            yield where, "the capitalised row names no rule"
        if _text(record, "Evidence") in {"", "-"}:
            yield where, "the capitalised row names no evidence"
        address = links.get(item.ref, "")
        if address and not _leads_to(address, item.value or ""):
            yield where, f"the link {address[:60]} is not that of {item.value}"


def _leads_to(address: str, key: str) -> bool:
    """Say whether an address names the item: its key, or the last number or word of it."""
    parts = re.findall(r"[A-Za-z0-9]+", key)
    return key in address or bool(parts and parts[-1] in re.findall(r"[A-Za-z0-9]+", address))


def k05(book: Opened) -> Iterator[Breach]:
    """What Changes lists adds up to the movement of the headlines against the prior issue."""
    if kind_of(book) != "finance":
        return
    totals, rows = _table(book, "tbl_change_totals"), _table(book, "tbl_change_rows")
    if REISSUE.fullmatch(book.path.parent.name) and totals is None:
        yield "Changes", "a second issue of a closed month lists no change against the first"
    if totals is None or rows is None:
        return
    for record in book.records(totals):
        side = _text(record, "Headline")
        moved = _number(record, "This issue") - _number(record, "Prior issue (")
        listed = sum(
            (
                _number(row, f"{side}, now") - _number(row, f"{side}, prior")
                for row in book.records(rows)
            ),
            Decimal(0),
        )
        if moved != listed:
            yield f"Changes!{side}", f"the rows explain {listed} of a movement of {moved}"


def k04(books: Sequence[Opened]) -> Iterator[tuple[str, Breach]]:
    """Workbooks of one pack carry one run and agree on what they share."""
    runs = {book.custom_properties.get("run_id", "") for book in books}
    if len(runs) > 1:
        yield books[0].path.name, ("", f"workbooks of different runs: {', '.join(sorted(runs))}")
    by_kind = {kind_of(book): book for book in books}
    for one, name, other, other_name in SHARED_TOTALS:
        if one in by_kind and other in by_kind:
            left = _headline(by_kind[one], name)
            right = _headline(by_kind[other], other_name)
            if left != right:
                message = f"{name} is {left}, {other} says {right}"
                yield by_kind[one].path.name, (name, message)
    if "finance" in by_kind and "investment" in by_kind:
        for breach in _step_costs(by_kind["investment"], by_kind["finance"]):
            yield by_kind["investment"].path.name, breach


def _step_costs(investment: Opened, finance: Opened) -> Iterator[Breach]:
    """Add each stream's steps up and compare with its cost in finance's own detail."""
    detail = _table(finance, "tbl_cost_detail")
    if detail is None:
        return
    streams: dict[str, Decimal] = defaultdict(Decimal)
    for record in finance.records(detail):
        streams[_text(record, "Value stream")] += _converted(record, "Capitalised (func")
        streams[_text(record, "Value stream")] += _converted(record, "Expensed (func")
    for table in _tables(investment, "tbl_steps_"):
        if not any(header.startswith("Cost (") for header in table.headers):
            continue
        named = _table(investment, table.name.replace("tbl_steps_", "tbl_map_"))
        records = investment.records(named) if named is not None else []
        stream = next((_text(record, "Value stream") for record in records), "")
        cost = sum((_number(record, "Cost (") for record in investment.records(table)), Decimal(0))
        if cost != streams[stream]:
            yield f"{table.sheet}!{table.name}", f"steps cost {cost}, finance {streams[stream]}"


def _converted(record: Record, start: str) -> Decimal:
    """Return an amount of finance's detail in reporting currency, as its sheets round it."""
    rate = _starting(record, "Rate")
    amount = _number(record, start) * (rate.number if rate is not None else 1)
    return amount.quantize(Decimal(1).scaleb(-_places(record)), ROUND_HALF_UP)


def _places(record: Record) -> int:
    """Return the digits of the reporting currency, which the headers of finance's detail name."""
    named = (_REPORTED.fullmatch(header) for header in record)
    return next((minor_digits(match[1]) for match in named if match), 2)


def _headline(book: Opened, name: str) -> Decimal | None:
    found = book.named_cell(name)
    if found is None or found[1] is None:
        return None
    return found[1].number.quantize(CENT, ROUND_HALF_UP)


def _table(book: Opened, name: str) -> ListedTable | None:
    return next((table for table in book.tables if table.name == name), None)


def _tables(book: Opened, prefix: str) -> list[ListedTable]:
    return [table for table in book.tables if table.name.startswith(prefix)]


def _starting(record: Record, start: str) -> Cell | None:
    """Return the cell under the header that begins so (headers end in their unit)."""
    return next((cell for header, cell in record.items() if header.startswith(start)), None)


def _text(record: Record, start: str) -> str:
    cell = _starting(record, start)
    return "" if cell is None or cell.value is None else cell.value


def _number(record: Record, start: str) -> Decimal:
    cell = _starting(record, start)
    number = cell.number if cell is not None else Decimal(0)
    return number.quantize(CENT, ROUND_HALF_UP)


def _journal(book: Opened) -> Iterator[Breach]:
    for table in _tables(book, "tbl_journal_"):
        by_entry: dict[str, Decimal] = defaultdict(Decimal)
        for record in book.records(table):
            by_entry[_text(record, "Entry")] += _number(record, "Debit") - _number(record, "Credit")
        for entry, difference in by_entry.items():
            if difference:
                yield f"JournalEntry!{entry}", f"debits exceed credits by {difference}"


def _roll_forward(book: Opened) -> Iterator[Breach]:
    for table in _tables(book, "tbl_cip_"):
        for record in book.records(table):
            moved = sum(
                (
                    _number(record, header)
                    for header in record
                    if header.startswith(
                        ("Opening CIP", "Additions (", "Written off", "FX (", "Other (")
                    )
                ),
                Decimal(0),
            )
            closing = moved - _number(record, "Placed in service")
            if closing != _number(record, "Closing CIP"):
                where = f"RollForward!{_text(record, 'Project')}"
                yield where, f"opening and movements give {closing}, the sheet says otherwise"


def _detail(book: Opened) -> Iterator[Breach]:
    """Add CostDetail up by component and compare with ProjectDetail; by pay with the register."""
    detail, projects = _table(book, "tbl_cost_detail"), _table(book, "tbl_project_detail")
    register = _table(book, "tbl_register_ties")
    if detail is None or projects is None or register is None:
        yield "", "CostDetail, ProjectDetail or TieOut has no table"
        return
    components: dict[str, Decimal] = defaultdict(Decimal)
    paid: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for record in book.records(detail):
        capex, opex = _number(record, "Capitalised (func"), _number(record, "Expensed (func")
        converted = _converted(record, "Capitalised (func") + _number(record, "Rounding, cap")
        components[_text(record, "Component")] += converted
        paid[_text(record, "Currency"), _text(record, "Pay component")] += capex + opex
    for record in book.records(projects):
        name = _text(record, "Project")
        if components[name] != _number(record, "Capitalised ("):
            yield f"ProjectDetail!{name}", f"CostDetail sums to {components[name]}"
    for record in book.records(register):
        key = (_text(record, "Currency"), _text(record, "Pay component"))
        if paid[key] != _number(record, "Register (func"):
            yield f"TieOut!{' '.join(key)}", f"CostDetail sums to {paid[key]}"


def _waterfall(book: Opened) -> Iterator[Breach]:
    for table in _tables(book, "tbl_amortisation_"):
        months = [header for header in table.headers if header[:2] == "20"]
        for record in book.records(table):
            charged = sum(
                (_number(record, header) for header in (*months, "Before", "Beyond", "Left")),
                Decimal(0),
            )
            if charged != _number(record, "Base"):
                where = f"AmortWaterfall!{_text(record, 'Asset')}"
                yield where, f"charges sum to {charged}, the base is {_number(record, 'Base')}"
