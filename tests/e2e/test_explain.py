"""What `capstream explain` lists adds up to the number that it explains."""

from __future__ import annotations

import json
from decimal import Decimal

import pandas as pd

from capstream.close.explain import Section, explain
from capstream.close.explain.journal_line import NATURES
from capstream.types import Month
from capstream.warehouse import read
from tests.e2e.command import capstream, said
from tests.e2e.conftest import RunCompany

SHOWN = 2


def test_the_cost_rows_of_a_journal_line_sum_to_its_amount(small: RunCompany) -> None:
    lines = fact(small, "fct_journal_lines")
    of_cost = lines[lines["support_type"].fillna(lines["entry_type"]).isin(list(NATURES))]
    firsts = of_cost.groupby("entry_type").first().reset_index()
    assert "J1" in set(firsts["entry_type"])
    for line in firsts.itertuples():
        told = sections(small, f"{line.entry_id}:{line.line_number}")
        booked = Decimal(str(line.debit_amount)) + Decimal(str(line.credit_amount))
        total = ({"currency_code": line.currency_code, "capex_amount": booked},)
        assert told["cost rows"].totals() == told["rules"].totals() == total


def test_a_month_of_a_person_sums_to_its_cost_and_its_days(small: RunCompany) -> None:
    person_id = person_of(small)
    told = sections(small, f"{person_id}@{small.month}")
    costs = fact(small, "fct_capitalization").query("person_id == @person_id")
    cost = costs.groupby("currency_code")["amount"].sum()
    assert {row["currency_code"]: row["amount"] for row in told["cost by rule"].totals()} == {
        code: Decimal(str(amount)).quantize(Decimal("0.01")) for code, amount in cost.items()
    }
    minutes = fact(small, "fct_effort_days").query("person_id == @person_id")["minutes"].sum()
    for title in ("work items", "days and their evidence"):
        assert told[title].totals() == ({"minutes": minutes},)


def test_minutes_of_an_item_stand_once_for_each_pay_component(small: RunCompany) -> None:
    days = fact(small, "fct_effort_days")
    item = days[days["evidence_tier"] == "T1"].iloc[0]["work_item_key"]
    told = sections(small, item)
    cost = told["cost by month and rule"]
    frame = pd.DataFrame(cost.rows, columns=list(cost.columns))
    worked = told["days and their evidence"].totals()[0]["minutes"]
    assert frame.groupby("pay_component")["minutes"].sum().max() <= worked


def test_every_list_with_a_sum_has_room_for_its_label(small: RunCompany) -> None:
    journal = fact(small, "fct_journal_lines").groupby("entry_type").first()
    component = journal["component_id"].iloc[0]
    ids = [f"{row.entry_id}:{row.line_number}" for row in journal.itertuples()]
    for identifier in (*ids, component, f"{person_of(small)}@{small.month}"):
        for section in sections(small, identifier).values():
            for name in (*section.footing.by, *section.footing.columns):
                assert section.columns.index(name) > 0, (identifier, section.title)


def test_the_command_ends_a_cut_list_in_the_sum_of_all_rows(small: RunCompany) -> None:
    asked = ("explain", "-c", small.root, f"{person_of(small)}@{small.month}")
    printed, data = capstream(*asked, "--rows", str(SHOWN)), capstream(*asked, "--json")
    assert printed.returncode == data.returncode == 0, said(printed) + said(data)
    told = {part["title"]: part for part in json.loads(data.stdout)["sections"]}
    paid = told["pay of the register"]
    (total,) = paid["totals"]
    amounts = [Decimal(row["amount"]) for row in paid["rows"]]
    assert Decimal(total["amount"]) == sum(amounts)
    lines = [line.split() for line in printed.stdout.splitlines()]
    assert ["total", f"{Decimal(total['amount']):,}", total["currency"]] in lines
    rest = f"… and {len(amounts) - SHOWN} more (--rows {len(amounts)})".split()
    assert [*rest, f"{sum(amounts[SHOWN:]):,}", total["currency"]] in lines


def fact(company: RunCompany, relation: str) -> pd.DataFrame:
    return read(company.root, relation, Month.parse(company.month))


def sections(company: RunCompany, identifier: str) -> dict[str, Section]:
    return {part.title: part for part in explain(company.root, identifier).sections}


def person_of(company: RunCompany) -> str:
    """Return the person whose month has the most cost rows."""
    costs = fact(company, "fct_capitalization").query("minutes > 0")
    return str(costs["person_id"].value_counts().idxmax())
