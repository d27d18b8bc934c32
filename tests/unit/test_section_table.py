"""A list in the terminal: numbers flush right, hidden rows summed, the total below a rule."""

from __future__ import annotations

from decimal import Decimal

from capstream.close.explain.footing import COST_OF_TIME, PAY, UNSUMMED
from capstream.close.explain.sections import Section
from orchestration.cli.section_table import table_lines

COLUMNS = ("person_id", "amount", "currency", "input_row")
ROWS = tuple(
    (person, Decimal(amount), currency, f"payroll.csv:{row}")
    for row, (person, amount, currency) in enumerate(
        [("ana", "0.10", "EUR"), ("ana", "1200.00", "USD"), ("bo", "0.20", "EUR"),
         ("bo", "15.00", "USD"), ("cy", "5.50", "USD")], start=2)
)  # fmt: skip
PAID = Section("pay", COLUMNS, ROWS, PAY)

WHOLE = """\
  person_id    amount  currency  input_row
  ana            0.10  EUR       payroll.csv:2
  ana        1,200.00  USD       payroll.csv:3
  bo             0.20  EUR       payroll.csv:4
  bo            15.00  USD       payroll.csv:5
  cy             5.50  USD       payroll.csv:6
             ────────
  total          0.30  EUR
             1,220.50  USD"""
CUT = """\
  person_id                  amount  currency  input_row
  ana                          0.10  EUR       payroll.csv:2
  ana                      1,200.00  USD       payroll.csv:3
  bo                           0.20  EUR       payroll.csv:4
  … and 2 more (--rows 5)     20.50  USD
                           ────────
  total                        0.30  EUR
                           1,220.50  USD"""


def table(section: Section, limit: int) -> str:
    return "\n".join(table_lines(section, limit))


def test_a_whole_list_ends_in_its_sum() -> None:
    assert table(PAID, 5) == WHOLE


def test_a_cut_list_says_what_is_hidden_and_sums_all_of_it() -> None:
    assert table(PAID, 3) == CUT


def test_no_row_need_be_shown() -> None:
    assert table(PAID, 0).splitlines()[1:3] == [
        "  … and 5 more (--rows 5)      0.30  EUR",
        "                           1,220.50  USD",
    ]


def test_a_list_that_does_not_add_up_has_no_total() -> None:
    assert table(Section("gates", COLUMNS, ROWS, UNSUMMED), 1).splitlines()[2:] == [
        "  … and 4 more (--rows 5)"
    ]


def test_why_minutes_are_not_summed_stands_below() -> None:
    rows = (("salary", 480, Decimal(2), "USD"), ("stock", 480, Decimal(1), "USD"))
    section = Section("cost", ("pay", "minutes", "amount", "currency_code"), rows, COST_OF_TIME)
    *_, total, note = table(section, 20).splitlines()
    assert total.split() == ["total", "3", "USD"]
    assert note.strip() == COST_OF_TIME.note


def test_thousands_stand_apart_in_money_and_counts_alone() -> None:
    columns = ("line_number", "minutes", "amount", "currency_code")
    section = Section("cost", columns, ((2418, 9600, Decimal("1234.5"), "USD"),), COST_OF_TIME)
    assert table(section, 1).splitlines()[1].split() == ["2418", "9,600", "1,234.5", "USD"]


def test_a_long_cell_is_cut_and_an_empty_one_stays_empty() -> None:
    rows = (("x" * 70, Decimal(1), "USD", None), ("y", Decimal(2), "USD", None))
    assert (
        table(Section("pay", COLUMNS, rows, PAY), 20).splitlines()[1]
        == f"  {'x' * 59}…       1  USD"
    )
