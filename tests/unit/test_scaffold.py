"""A new company folder: complete, refuses to overwrite, sound once it is filled in."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import get_args

import pytest

from capstream.company import check_company, company_tables, load_company
from capstream.company.config import CapstreamConfig
from capstream.company.scaffold import PRESETS, STARTING_TABLES, TEMPLATES, init_company
from capstream.company.source_base import SourceBase
from capstream.company.source_templates import SOURCE_KINDS
from capstream.company.value_streams import ValueStreamsFile
from capstream.company.workflow import WorkflowFile
from capstream.documents.sections import Section
from capstream.documents.yaml_reader import parse_yaml
from capstream.errors import UsageError
from capstream.policy import Policy
from capstream.policy.model import RuleConditions
from capstream.types import Month

PEOPLE = "p1,,,Team,,engineer,employee,US01,CC1,US,,,,,,2024-01-01,,\n"


def filled(root: Path) -> Path:
    with (root / "inputs" / "people.csv").open("a", encoding="utf-8") as file:
        file.write(PEOPLE)
    return root


def test_the_folder_is_complete(tmp_path: Path) -> None:
    written = init_company(tmp_path / "new")

    assert all((tmp_path / "new" / path).is_file() for path in written)
    names = {str(path) for path in written}
    assert {"capstream.yaml", "value_streams.yaml", "workflow.yaml", "capstream.schema.json",
            ".gitignore", "inputs/README.md", "inputs/people.csv",
            "policies/us_350_40_legacy.yaml"} <= names  # fmt: skip
    assert "/var/" in (tmp_path / "new" / ".gitignore").read_text()
    assert [path.name for path in tmp_path.iterdir()] == ["new"]


def test_a_fresh_folder_only_says_what_is_to_be_filled_in(tmp_path: Path) -> None:
    init_company(tmp_path / "new", sources=("jira",))

    records, people = (str(problem) for problem in check_company(tmp_path / "new"))
    assert records.startswith("capstream.yaml:35:sources[0].path: source jira: nothing is at")
    assert people == "inputs/people.csv: nobody is listed: write a row for every person and spell"


def test_a_filled_folder_is_sound_and_becomes_tables(tmp_path: Path) -> None:
    init_company(tmp_path / "new", name='Ünïcode "Works" $1: #2', first_month=Month(2025, 9))
    root = filled(tmp_path / "new")

    assert check_company(root) == []
    company = load_company(root)
    assert company.config.company.name == 'Ünïcode "Works" $1: #2'
    assert company.config.company.first_month == Month(2025, 9)
    assert len(company_tables(company, Month(2026, 10))["months"]) == 14


def test_settings_in_comments_are_sound_too(tmp_path: Path) -> None:
    """Taking the # away from an example gives an entry without an unknown key."""
    init_company(tmp_path / "new", sources=("github",))
    root = filled(tmp_path / "new")
    path = root / "capstream.yaml"
    text = path.read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("  # - {") and "…" not in line and "name: github" not in line:
            text = text.replace(line, line.replace("  # - ", "  - "), 1)
    for key in ("calendars", "journals", "notify"):
        text = text.replace(f"{key}: []", f"{key}:")
    path.write_text(
        text.replace("Example, accounts", "Example, accounts").replace(
            "  # password", "  password"
        ),
        encoding="utf-8",
    )

    problems = [str(problem) for problem in check_company(root)]

    assert not any("unknown key" in line or "not one of" in line for line in problems), problems


@pytest.mark.parametrize("kind", SOURCE_KINDS)
def test_every_kind_has_entries_that_the_models_accept(kind: str, tmp_path: Path) -> None:
    init_company(tmp_path / "new", sources=(kind,))
    root = filled(tmp_path / "new")
    path = root / "capstream.yaml"

    def complaints() -> list[str]:
        return [str(one) for one in check_company(root) if "nothing is at" not in str(one)]

    assert complaints() == []
    text = path.read_text(encoding="utf-8")
    for other in other_ways(text, kind):
        path.write_text(other, encoding="utf-8")
        assert complaints() == []
        assert len(load_company(root).config.sources) == 1


def other_ways(text: str, kind: str) -> list[str]:
    """Return the file with the entry's other way in: asked by API, and with every setting."""
    if kind in {"git", "tables"}:
        live = next(line for line in text.splitlines() if line.startswith("  - {name:"))
        return [text.replace(f"{live}\n  # - ", "  - ", 1)]
    lines = [
        line for line in text.splitlines() if not line.startswith(f'    path: "sources/{kind}')
    ]
    asked = [line.replace("mode: files ", "mode: api ") for line in lines]
    return [
        "\n".join(
            line.replace("    # ", "    ", 1)
            if line.startswith("    # ") and (is_whole or "(optional)" not in line)
            else line
            for line in asked
        )
        for is_whole in (False, True)
    ]


def test_headers_are_those_of_the_contract(tmp_path: Path) -> None:
    init_company(tmp_path / "new")
    header = (tmp_path / "new" / "inputs" / "payroll.csv").read_text(encoding="utf-8")
    assert header == "month,person_id,pay_component,amount,currency,entity,account\n"
    assert "people" in STARTING_TABLES


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    init_company(tmp_path / "new")
    (tmp_path / "new" / "capstream.yaml").write_text("mine", encoding="utf-8")

    with pytest.raises(UsageError, match=r"capstream\.yaml.* would be overwritten"):
        init_company(tmp_path / "new")

    assert (tmp_path / "new" / "capstream.yaml").read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["new"]


def test_a_folder_with_other_files_is_added_to(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    init_company(tmp_path)

    assert (tmp_path / "notes.txt").read_text() == "mine"
    assert (tmp_path / "capstream.yaml").is_file()


def test_an_unknown_kind_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="source kind gihub is unknown: did you mean github"):
        init_company(tmp_path / "new", sources=("gihub",))

    assert list(tmp_path.iterdir()) == []


def test_editors_find_the_schema(tmp_path: Path) -> None:
    init_company(tmp_path / "new")
    schema = json.loads((tmp_path / "new" / "capstream.schema.json").read_text(encoding="utf-8"))
    for file, definition in (
        ("value_streams.yaml", "ValueStreamsFile"),
        ("workflow.yaml", "WorkflowFile"),
    ):
        text = (tmp_path / "new" / file).read_text(encoding="utf-8")
        assert f"$schema=capstream.schema.json#/$defs/{definition}" in text.splitlines()[0]
        assert definition in schema["$defs"]
        assert parse_yaml(text, file)[1] == []


def test_every_setting_is_in_the_templates() -> None:
    written = "".join(file.read_text(encoding="utf-8") for file in TEMPLATES.glob("*.yaml"))
    written += "".join(file.read_text(encoding="utf-8") for file in PRESETS.glob("*.yaml"))
    keys = {
        field.alias or name
        for model in (CapstreamConfig, ValueStreamsFile, WorkflowFile, Policy)
        for section in sections_of(model)
        if not issubclass(section, SourceBase | RuleConditions)
        for name, field in section.model_fields.items()
    }

    missing = {key for key in keys if not re.search(rf"\b{key}\b", written)}
    assert missing == set()


def sections_of(model: type[Section]) -> set[type[Section]]:
    found = {model}
    for field in model.model_fields.values():
        for inner in sections_in(field.annotation):
            found |= sections_of(inner)
    return found


def sections_in(annotation: object) -> set[type[Section]]:
    if isinstance(annotation, type) and issubclass(annotation, Section):
        return {annotation}
    return {one for inner in get_args(annotation) for one in sections_in(inner)}


STREAM_WORKFLOWS = ("feature_delivery", "bug_fix", "infrastructure_provisioning")


@pytest.mark.parametrize("stream", STREAM_WORKFLOWS)
def test_templates_of_streams_stand_in_as_workflows(tmp_path: Path, stream: str) -> None:
    init_company(tmp_path / "new")
    root = filled(tmp_path / "new")
    template = root / "templates" / f"{stream}.workflow.yaml"
    (root / "workflow.yaml").write_text(template.read_text(encoding="utf-8"), encoding="utf-8")

    assert check_company(root) == []
    statuses = company_tables(load_company(root), Month(2026, 1), None)["workflow_statuses"]
    kinds = set(statuses.column("kind").to_pylist())
    assert kinds == {"work", "wait", "before", "done", "cancelled"}
    assert any(statuses.column("from_pull_requests").to_pylist())


def test_templates_of_streams_are_told_of(tmp_path: Path) -> None:
    init_company(tmp_path / "new")
    page = (tmp_path / "new" / "templates" / "README.md").read_text(encoding="utf-8")
    assert all(f"{stream}.workflow.yaml" in page for stream in STREAM_WORKFLOWS)
