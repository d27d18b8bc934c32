"""A company folder around real records: configuration, persons, gates, and pay that is invented."""

from __future__ import annotations

import os
import re
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from benchmarks.real.companies import RealCompany
from benchmarks.real.contributors import Contributor
from capstream.sample.chance import stream
from capstream.sample.files import Row, write_csv, write_text
from capstream.types import Month

PRESETS = Path(__file__).parents[2] / "policies"
POLICY = "us_350_40_legacy"
SEED = 7
ENTITY = "REAL01"
_GATES = ("alternatives_closed", "authorised", "funding_committed", "probable_to_complete")
_CONFIGURATION = """\
# Real public records; every person is a pseudonym and every amount is invented.
schema_version: 1
company:
  name: {title} (pay invented)
  reporting_currency: USD
  timezone: UTC
  first_month: {month}
entities:
  - {{entity: REAL01, name: {title} (pay invented), functional_currency: USD, country: US}}
sources:
{sources}policies:
  - {{policy: us_350_40_legacy, from: {month}}}
work_types:
  - {{item_type: Bug, activity: defect}}
  - {{item_type: "*", activity: development}}
roles: {{prepare: [Preparer], approve: [Approver]}}
"""
# active days in the month → full-time equivalent
_PRESENCE = ((8, "1"), (3, "0.5"), (0, "0.2"))


def write_folder(
    root: Path, company: RealCompany, data: Path, month: Month, people: list[Contributor]
) -> None:
    """Write the company folder; the records themselves stay where they are.

    Args:
        root: Company folder.
        company: Which company.
        data: Folder of its records.
        month: Month that the books start with and that will be run.
        people: The month's contributors.
    """
    records = Path(os.path.relpath(data.resolve(), root.resolve())).as_posix()
    configuration = _CONFIGURATION.format(
        title=company.title, month=month, sources=company.sources.replace("{data}", records)
    )
    write_text(root / "capstream.yaml", configuration)
    write_text(root / "value_streams.yaml", company.value_streams)
    write_text(root / "workflow.yaml", company.workflow)
    preset = (PRESETS / f"{POLICY}.yaml").read_text(encoding="utf-8")
    early = re.sub(r"(?m)^effective_from:.*$", "effective_from: 2010-01-01", preset, count=1)
    write_text(root / "policies" / f"{POLICY}.yaml", early)
    _write_people(root / "inputs", people)
    _write_pay(root / "inputs", month, people)
    _write_component(root / "inputs", company, month)


def _write_people(inputs: Path, people: list[Contributor]) -> None:
    header = (
        "person_id,team,role,role_class,worker_type,entity,cost_center,work_country,timezone,"
        "fte,start_date"
    )
    rows: list[Row] = [
        (
            person.person_id, person.team, "Contributor", "engineer", "employee", ENTITY,
            person.team, "US", "UTC", _fte(person), "2010-01-01",
        )
        for person in people
    ]  # fmt: skip
    write_csv(inputs / "people.csv", header, rows)
    accounts = [(*account, person.person_id) for person in people for account in person.accounts]
    write_csv(inputs / "identities.csv", "source,account,person_id", accounts)


def _write_pay(inputs: Path, month: Month, people: list[Contributor]) -> None:
    """Write invented pay: drawn from a seed, with nothing known about the person."""
    rows: list[Row] = []
    for person in people:
        drawn = Decimal(
            stream(SEED, "invented pay", person.person_id).randrange(600_000, 1_400_000)
        )
        salary = (drawn / 100 * Decimal(_fte(person))).quantize(Decimal("0.01"))
        tax = (salary * Decimal("0.0765")).quantize(Decimal("0.01"))
        rows.append((month, person.person_id, "salary", salary, "USD", "invented"))
        rows.append((month, person.person_id, "payroll_tax", tax, "USD", "invented"))
    header = "month,person_id,pay_component,amount,currency,account"
    write_csv(inputs / "payroll.csv", header, rows)


def _write_component(inputs: Path, company: RealCompany, month: Month) -> None:
    header = "component_id,name,value_stream_id,entity,life_months,scope"
    row = (company.component_id, "Development", company.component_stream, ENTITY, 36, "hosted")
    write_csv(inputs / "components.csv", header, [row])
    decided = month.first_day - timedelta(days=20)
    recorded = f"{decided + timedelta(days=1)}T12:00:00+00:00"
    gates = [
        (company.component_id, gate, decided, recorded, "Approver", "invented") for gate in _GATES
    ]
    header = "component_id,gate,effective_date,recorded_at,recorded_by,note"
    write_csv(inputs / "gates.csv", header, gates)


def _fte(person: Contributor) -> str:
    return next(fte for days, fte in _PRESENCE if person.active_days >= days)
