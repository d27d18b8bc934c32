"""What the investment summary says in words: each sentence names the cells that it quotes."""

from __future__ import annotations

from reports.formulas import as_number
from reports.layout import Book
from reports.spec import Value
from reports.workbooks.investment.bottlenecks import WAITS
from reports.workbooks.investment.delivery_headlines import DELIVERY
from reports.workbooks.investment.future_state import PLAN
from reports.workbooks.investment.investment import INVESTMENT
from reports.workbooks.shared.facts import NONE_ROW, Facts
from reports.workbooks.shared.quoted import is_number, largest, place_of

LINES = 7
KPIS = "tbl_kpis"


def narrative(facts: Facts, book: Book) -> tuple[str, ...]:
    """Write the sentences; what cannot be said is said to be missing."""
    return (
        _cost(facts, book),
        _moved(facts, book),
        _most_moved(facts, book),
        _delivery(book),
        _lost(book),
        _asked(book),
        _gap(book),
    )


def _cost(facts: Facts, book: Book) -> str:
    cost, cost_at = _headline(book, "out_cost")
    new, new_at = _headline(book, "out_new_capability")
    share = f"; {new:.1%} of it went into new capability ({new_at})" if is_number(new) else ""
    return f"Engineering cost {as_number(cost):,.0f} {facts.currency} ({cost_at}){share}."


def _headline(book: Book, key: str) -> tuple[Value, str]:
    """Return a headline of the month and its cell."""
    row = book.row_of(KPIS, key)
    return book.cell(KPIS, "now", row), place_of(book, KPIS, "now", row)


def _moved(facts: Facts, book: Book) -> str:
    row = book.row_of(KPIS, "out_cost")
    before = as_number(book.cell(KPIS, "prior", row))
    if not before:
        return "There is no cost of an earlier month to compare with."
    change = as_number(book.cell(KPIS, "change", row))
    place = place_of(book, KPIS, "change", row)
    return f"That is {change:+,.0f} {facts.currency} against last month ({place})."


def _most_moved(facts: Facts, book: Book) -> str:
    found = largest(book, INVESTMENT, "change")
    if found is None:
        return "No value stream's cost moved."
    row, change = found
    stream, category = (book.cell(INVESTMENT, column, row) for column in ("stream", "category"))
    place = place_of(book, INVESTMENT, "change", row)
    words = f"{stream}, {str(category).lower()}"
    return f"Most of all {words} moved: {change:+,.0f} {facts.currency} ({place})."


def _delivery(book: Book) -> str:
    deployments, rate = (book.cell(DELIVERY, "now", row) for row in (0, 1))
    if not is_number(rate):
        return "Nothing was deployed to production."
    places = [place_of(book, DELIVERY, "now", row) for row in (0, 1)]
    return (
        f"{as_number(deployments):,.0f} deployments reached production ({places[0]}); "
        f"{as_number(rate):.1%} of them failed ({places[1]})."
    )


def _lost(book: Book) -> str:
    found = largest(book, WAITS, "lost")
    if found is None:
        return "No waiting of finished items was measured."
    row, hours = found
    place = place_of(book, WAITS, "lost", row)
    return (
        f"Most time is lost waiting in {book.cell(WAITS, 'step', row)}: {hours:,.0f} h ({place})."
    )


def _asked(book: Book) -> str:
    if book.column(PLAN, "improvement") != (NONE_ROW,):
        return "We need from you: confirm owners and dates of the plan on sheet FutureState."
    return "We need from you: an owner for the step that loses most (sheet FutureState)."


def _gap(book: Book) -> str:
    found = largest(book, INVESTMENT, "gap")
    if found is None:
        return "No target of investment is set (input investment_targets)."
    row, points = found
    stream, category = (book.cell(INVESTMENT, column, row) for column in ("stream", "category"))
    place = place_of(book, INVESTMENT, "gap", row)
    words = f"{stream}, {str(category).lower()}: {points:+.1f} points from its target"
    return f"Decide on {words} ({place})."
