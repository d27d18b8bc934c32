"""Input tables read right: the same from CSV, Parquet and a workbook, typed, with their rows."""

from __future__ import annotations

import csv
import io
import json
import time
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capstream.company.inputs import INPUT_TABLES, load_inputs
from capstream.company.inputs.csv_reader import read_csv
from capstream.company.inputs.dictionary import PAGE, input_tables_page
from capstream.company.inputs.row import columns_of
from tests.unit.input_company import GOOD, checked, write_inputs

ROOT = Path(__file__).parents[2]

CONTRACT_COLUMNS = {
    "people": "person_id* name email team* role role_class* worker_type* entity* cost_center* "
    "work_country* calendar timezone fte weekday_hours band start_date* end_date manager_id",
    "payroll": "month* person_id* pay_component* amount* currency* entity account",
    "investment_targets": "value_stream_id category* share* from*",
    "ai_costs": "cost_line_id* month* vendor* tool* entity* sku quantity gross_amount "
    "discount_amount net_amount* currency* cost_center account person_id work_item_key "
    "charge_type* price_basis*",
    "workshop_maps": "value_stream_id* version* state* step_order* step* owner work_hours "
    "wait_hours complete_accurate note mapped_on*",
}


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def without_file(table: pa.Table) -> pa.Table:
    return table.drop_columns(["input_file", "input_row"])


@pytest.mark.parametrize(("name", "columns"), CONTRACT_COLUMNS.items())
def test_columns_are_those_of_the_contract(name, columns):
    assert [
        column.name + ("*" if column.is_required else "")
        for column in columns_of(INPUT_TABLES[name])
    ] == columns.split()


def test_a_company_without_inputs_has_every_table_empty(tmp_path):
    inputs, problems = load_inputs(tmp_path)
    assert problems == []
    assert inputs.present == frozenset()
    assert set(inputs.tables) == set(INPUT_TABLES)
    assert all(table.num_rows == 0 for table in inputs.tables.values())
    assert inputs.tables["people"].schema == load_inputs(ROOT)[0].tables["people"].schema


def test_types_defaults_and_provenance(tmp_path):
    inputs, _ = checked(write_inputs(tmp_path, GOOD))
    people = inputs.tables["people"].to_pylist()
    assert [(row["fte"], row["calendar"], row["end_date"]) for row in people] == [
        (Decimal(1), "US", date(2026, 1, 31)),
        (Decimal("0.8"), "DE", None),
        (Decimal(1), "US", None),
    ]
    assert people[2]["name"] == 'Bo\n"B" B'
    assert [row["input_row"] for row in people] == [2, 3, 4]
    assert {row["input_file"] for row in people} == {"inputs/people.csv"}
    assert "hair" not in inputs.tables["people"].column_names
    payroll = inputs.tables["payroll"]
    assert payroll.schema.field("amount").type == pa.decimal128(18, 2)
    assert payroll.column("amount").to_pylist() == [
        Decimal("10000.00"), Decimal("9000.50"), Decimal("-12.00"), Decimal("8000.00"),
    ]  # fmt: skip
    gates = inputs.tables["gates"].to_pylist()
    assert gates[0]["recorded_at"] == datetime(2026, 1, 5, 9, 0)  # noqa: DTZ001 - naive UTC
    components = inputs.tables["components"].to_pylist()
    assert [row["adds_functionality"] for row in components] == [False, True, False]
    assert components[0]["depends_on"] is None
    assert json.loads(components[1]["depends_on"]) == ["WALLET", "ENGINE"]
    time_off = inputs.tables["time_off"].to_pylist()
    assert [(row["share"], row["kind"]) for row in time_off] == [
        (Decimal(1), "paid"),
        (Decimal("0.5"), "unpaid"),
    ]
    assert inputs.tables["ai_usage"].column("tokens_in").to_pylist() == [5_000_000_000]
    assert inputs.tables["investment_targets"].column("from").to_pylist() == [date(2026, 1, 1)] * 2


def test_weekday_hours_become_seven_columns(tmp_path):
    people = (
        GOOD["people"].replace(",fte,", ",weekday_hours,").replace("DE,0.8", "DE,8;8;8;4.5;0;0;0")
    )
    people = people.replace("QA,US,1,", "QA,US,,")
    inputs, problems = checked(write_inputs(tmp_path, {**GOOD, "people": people}))
    assert problems == []
    hours = [
        [row[f"hours_{day}"] for day in range(1, 8)] for row in inputs.tables["people"].to_pylist()
    ]
    assert hours == [[None] * 7, [8, 8, 8, Decimal("4.5"), 0, 0, 0], [None] * 7]


def test_the_companys_timezone_fills_what_is_empty(tmp_path):
    people = GOOD["people"].replace(",fte,", ",timezone,").replace("DE,0.8", "DE,Europe/Berlin")
    people = people.replace("QA,US,1,", "QA,US,,")
    inputs, problems = checked(write_inputs(tmp_path, {**GOOD, "people": people}))
    assert problems == []
    filled = inputs.with_timezone("America/New_York").tables["people"]
    assert filled.column("timezone").to_pylist() == [
        "America/New_York", "Europe/Berlin", "America/New_York",
    ]  # fmt: skip
    assert filled.schema == inputs.tables["people"].schema


def test_byte_order_mark_windows_lines_and_blank_rows_are_read(tmp_path):
    plain = load_inputs(write_inputs(tmp_path / "a", GOOD))[0]
    payroll = "\ufeff" + GOOD["payroll"].replace("\n", "\r\n").replace(
        "2026-02,p2", "\r\n,,,,,\r\n2026-02,p2"
    )
    inputs, problems = load_inputs(write_inputs(tmp_path / "b", {**GOOD, "payroll": payroll}))
    assert problems == []
    assert without_file(inputs.tables["payroll"]) == without_file(plain.tables["payroll"])
    assert inputs.tables["payroll"].column("input_row").to_pylist() == [2, 3, 4, 7]


def test_a_row_is_the_line_on_which_an_editor_shows_it(tmp_path):
    root = write_inputs(
        tmp_path, {"accounts": 'entity,account,name\nA,1,"two\nlines\r\nthree"\nB,2,x\n'}
    )
    raw = read_csv(root / "inputs" / "accounts.csv", "inputs/accounts.csv")
    assert raw.rows.tolist() == [2, 5]


def test_parquet_gives_the_same_tables(tmp_path):
    from_csv = load_inputs(write_inputs(tmp_path / "csv", GOOD))[0]
    folder = tmp_path / "parquet" / "inputs"
    folder.mkdir(parents=True)
    for name in GOOD:
        pq.write_table(_as_written(from_csv.tables[name]), folder / f"{name}.parquet")
    inputs, problems = load_inputs(tmp_path / "parquet")
    assert problems == []
    for name in INPUT_TABLES:
        assert without_file(inputs.tables[name]) == without_file(from_csv.tables[name]), name
    assert inputs.files["people"] == "inputs/people.parquet"


def _as_written(table: pa.Table) -> pa.Table:
    """Give times their zone and lists their separator, as another program would write them."""
    table = without_file(table)
    for place, field in enumerate(table.schema):
        if pa.types.is_timestamp(field.type):
            moments = table.column(place).cast(pa.timestamp("us", tz="UTC"))
            table = table.set_column(place, field.name, moments)
        if field.name == "depends_on":
            lists = [
                text and ";".join(json.loads(text)) for text in table.column(place).to_pylist()
            ]
            table = table.set_column(place, field.name, pa.array(lists, pa.string()))
    return table


def test_parquet_of_text_floats_and_categories_is_read(tmp_path):
    (tmp_path / "inputs").mkdir()
    table = pa.table(
        {
            "month": pa.array(["2026-01", "2026-01"]).dictionary_encode(),
            "person_id": pa.array([1001, 1002]),
            "pay_component": ["salary", "bonus"],
            "amount": [1234.56, -0.1],
            "currency": ["USD", "USD"],
            "entity": pa.nulls(2),
        }
    )
    pq.write_table(table, tmp_path / "inputs" / "payroll.parquet")
    inputs, problems = load_inputs(tmp_path)
    assert problems == []
    payroll = inputs.tables["payroll"]
    assert payroll.column("amount").to_pylist() == [Decimal("1234.56"), Decimal("-0.10")]
    assert payroll.column("person_id").to_pylist() == ["1001", "1002"]


def test_parquet_times_without_a_zone_are_refused(tmp_path):
    (tmp_path / "inputs").mkdir()
    moment = datetime(2026, 1, 1, 12)  # noqa: DTZ001 - the missing zone is the point
    table = pa.table(
        {
            "proposal_id": ["a"],
            "content_hash": ["h"],
            "approved_by": ["Bo"],
            "approved_at": [moment],
        }
    )
    pq.write_table(table, tmp_path / "inputs" / "true_up_approvals.parquet")
    _, problems = load_inputs(tmp_path)
    assert [(problem.row, problem.column) for problem in problems] == [(2, "approved_at")]
    assert "no offset" in problems[0].message


def test_a_workbook_gives_the_same_tables(tmp_path):
    from_csv = load_inputs(write_inputs(tmp_path / "csv", GOOD))[0]
    _write_workbook(tmp_path / "xlsx", {name: rows(text) for name, text in GOOD.items()})
    inputs, problems = load_inputs(tmp_path / "xlsx")
    assert problems == []
    for name in INPUT_TABLES:
        assert without_file(inputs.tables[name]) == without_file(from_csv.tables[name]), name
    assert inputs.files["people"] == "inputs/inputs.xlsx!people"


def test_typed_cells_of_a_workbook_are_read(tmp_path):
    header = ["person_id", "start_date", "end_date", "share", "kind"]
    _write_workbook(
        tmp_path,
        {
            "time_off": [header, [1001, date(2026, 1, 5), date(2026, 1, 6), 0.5, None]],
            "components": [
                ["component_id", "name", "value_stream_id", "adds_functionality", "life_months"],
                ["C1", 12.5, "checkout", True, 36],
            ],
        },
    )
    inputs, problems = load_inputs(tmp_path)
    assert problems == []
    assert inputs.tables["time_off"].to_pylist()[0]["person_id"] == "1001"
    assert inputs.tables["time_off"].to_pylist()[0]["share"] == Decimal("0.5")
    component = inputs.tables["components"].to_pylist()[0]
    assert (component["name"], component["adds_functionality"], component["life_months"]) == (
        "12.5", True, 36,
    )  # fmt: skip


def _write_workbook(root: Path, sheets: dict[str, list[list[object]]]) -> Path:
    (root / "inputs").mkdir(parents=True, exist_ok=True)
    workbook = openpyxl.Workbook()
    for name, content in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in content:
            sheet.append(row)
    path = root / "inputs" / "inputs.xlsx"
    workbook.save(path)
    return path


KINDS_OF_NAMES = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn", "Zs", "Zl", "Zp"), max_codepoint=0x2FF),
    min_size=1,
    max_size=8,
)
PAY_ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "month": st.builds("{:04d}-{:02d}".format, st.integers(1970, 2200), st.integers(1, 12)),
            "person_id": KINDS_OF_NAMES,
            "pay_component": st.sampled_from(["salary", "bonus", "other"]),
            "amount": st.decimals(-(10**12), 10**12, places=2),
            "currency": st.sampled_from(["USD", "EUR", "CHF"]),
            "entity": st.none() | KINDS_OF_NAMES,
            "account": st.none() | st.just('6,210 "R&D"'),
        }
    ),
    max_size=20,
)


@settings(max_examples=60, deadline=None)
@given(rows=PAY_ROWS)
def test_what_is_written_is_what_is_read(rows, tmp_path_factory):
    root = tmp_path_factory.getbasetemp() / "round"
    path = root / "inputs" / "payroll.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(
            file, [column.name for column in columns_of(INPUT_TABLES["payroll"])]
        )
        writer.writeheader()
        writer.writerows(rows)
    inputs, problems = load_inputs(root)
    assert problems == []
    read = without_file(inputs.tables["payroll"]).to_pylist()
    model = INPUT_TABLES["payroll"]
    texts = [{name: value and str(value) for name, value in row.items()} for row in rows]
    assert read == [model.model_validate(text).model_dump() for text in texts]
    assert [(row["amount"], row["month"]) for row in read] == [
        (row["amount"], row["month"]) for row in rows
    ]


def test_a_large_register_is_read_in_seconds(tmp_path):
    lines = (
        f"2026-{number % 12 + 1:02d},p{number % 2000},salary,{number}.{number % 90 + 10},USD"
        for number in range(100_000)
    )
    header = "month,person_id,pay_component,amount,currency"
    root = write_inputs(tmp_path, {"payroll": "\n".join([header, *lines])})
    started = time.process_time()
    inputs, problems = load_inputs(root)
    assert time.process_time() - started < 6
    assert problems == []
    assert inputs.tables["payroll"].num_rows == 100_000


def test_the_page_of_the_input_tables_is_current():
    assert (ROOT / PAGE).read_text(encoding="utf-8") == input_tables_page()
