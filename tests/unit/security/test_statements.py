"""Text of a configuration is data in every statement: it arrives unchanged or is refused."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from capstream.company import check_company, load_company
from capstream.company.tables import company_tables
from capstream.errors import InputError, UsageError
from capstream.types import Month
from capstream.warehouse import connect, identifier, qualified_name, replace_tables
from tests.unit.configured_company import FILES, write_configured_company

HOSTILE = "x'); drop schema company cascade; -- \"\\"
YAML = "capstream.yaml"


def test_hostile_names_are_stored_as_they_are(tmp_path: Path) -> None:
    quoted = "'" + HOSTILE.replace("'", "''") + "'"
    root = write_configured_company(tmp_path)
    streams = FILES["value_streams.yaml"]
    assert "name: Checkout" in streams
    (root / "value_streams.yaml").write_text(
        streams.replace("name: Checkout", f"name: {quoted}", 1), encoding="utf-8"
    )
    people = (root / "inputs" / "people.csv").read_text(encoding="utf-8").splitlines()
    header, first = people[0].split(","), people[1].split(",")
    first[header.index("team")] = '"' + HOSTILE.replace('"', '""') + '"'
    (root / "inputs" / "people.csv").write_text(
        "\n".join([people[0], ",".join(first), *people[2:]]) + "\n", encoding="utf-8"
    )
    tables = company_tables(load_company(root), Month(2026, 1), None)
    with connect(root / "var" / "capstream.duckdb") as connection:
        replace_tables(connection, "company", tables)
        replace_tables(connection, "company", tables)  # replacing drops and creates by name
        names = connection.execute("select name from company.value_streams").fetchall()
        teams = connection.execute("select team from company.people").fetchall()
    assert (HOSTILE,) in names
    assert (HOSTILE,) in teams


@pytest.mark.parametrize("name", [HOSTILE, "fct_checks; drop", 'a"b', "A", "", "x" * 64, "a\n"])
def test_only_plain_names_stand_in_a_statement(name: str) -> None:
    for ask in (identifier, qualified_name):
        with pytest.raises(UsageError):
            ask(name)
    with pytest.raises(UsageError):
        qualified_name(f"marts.{name}")


@pytest.mark.parametrize("name", ["x'y.duckdb", 'x"; drop.duckdb', "a b.duckdb", ".duckdb"])
def test_a_warehouse_s_name_is_plain(tmp_path: Path, name: str) -> None:
    root = write_configured_company(tmp_path)
    text = FILES[YAML]
    path = "'var/" + name.replace("'", "''") + "'"
    before = next(line for line in text.splitlines() if line.startswith("warehouse:"))
    after = f"warehouse: {{target: duckdb, path: {path}}}"
    (root / YAML).write_text(text.replace(before, after), encoding="utf-8")
    told = [str(problem) for problem in check_company(root)]
    assert any("cannot be the name of a database" in line for line in told), told


@pytest.mark.parametrize("name", ["tracker; drop", "tracker\\n", "tra'cker", "träcker"])
def test_a_source_s_name_is_plain(tmp_path: Path, name: str) -> None:
    root = write_configured_company(tmp_path)
    text = FILES[YAML]
    assert "name: tracker" in text
    hostile = text.replace("name: tracker", f'name: "{name}"', 1)
    (root / YAML).write_text(hostile, encoding="utf-8")
    with pytest.raises(InputError, match="is not a source name"):
        load_company(root)


def test_no_statement_may_fetch_an_extension(tmp_path: Path) -> None:
    with (
        connect(tmp_path / "capstream.duckdb") as connection,
        pytest.raises(duckdb.Error, match=r"(?i)extension|httpfs"),
    ):
        connection.execute("select * from read_csv('https://127.0.0.1:1/x.csv')")
