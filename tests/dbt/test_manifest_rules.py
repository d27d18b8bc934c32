"""Rules of the dbt project that its parsed manifest can answer, each naming the models at fault."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from orchestration.lib.dbt_project import prepared_project

LAYERS = ("staging", "input", "intermediate", "marts", "reporting")
PREFIXES = {
    "staging": r"stg_(?P<folder>[a-z]+)__[a-z_]+",
    "input": r"inp_[a-z_]+",
    "intermediate": r"int_[a-z_]+__[a-z_]+",
    "marts": r"(dim|fct)_[a-z_]+",
    "reporting": r"rpt_(?P<folder>finance|investment|ai_roi|shared)__[a-z_0-9]+",
}
KEY_TESTS = {"unique", "unique_combination"}

# Acts and stretches may repeat (one commit seen by two sources): what reads them takes the
# strongest, so a repeated row changes nothing.
KEYLESS = {
    "int_evidence__acted",
    "int_items__assigned",
    "int_items__work_intervals",
    "int_items__fading",
    "int_ai__events",
}

# What examines or lists the finished facts stands beside what it examines, above them only by
# its folder.
READERS_OF_FACTS = {
    "int_items__unmapped",
    "int_investments__celled",
    "int_ai__repository_teams",
    "int_ai__stream_starts",
    "int_ai__kept_days",
    "int_ai__team_time",
    "int_ai__team_months",
    "int_ai__deployment_teams",
    "int_ai__events",
}
SOURCES_OF_LAYER = {
    "staging": {"raw", "ops", "company"},
    "input": {"company"},
    "intermediate": {"company", "ops", "closed"},
    "marts": {"company", "ops", "closed", "analysis"},
    "reporting": {"analysis"},
}

Node = dict[str, Any]


@cache
def manifest() -> Node:
    content: Node = json.loads((prepared_project() / "manifest.json").read_text(encoding="utf-8"))
    return content


def models() -> Iterator[Node]:
    for node in manifest()["nodes"].values():
        if node["resource_type"] == "model":
            yield node


def layer(node: Node) -> str:
    return str(node["fqn"][1])


def parents(node: Node) -> Iterator[tuple[str, Node]]:
    for unique_id in node["depends_on"]["nodes"]:
        kind = unique_id.partition(".")[0]
        yield kind, manifest()["sources" if kind == "source" else "nodes"][unique_id]


def test_there_are_models() -> None:
    assert {layer(node) for node in models()} == set(LAYERS)


def test_every_model_is_described_in_one_line() -> None:
    at_fault = [
        n["name"] for n in models() if not n["description"] or "\n" in n["description"].strip()
    ]
    assert not at_fault


def test_every_model_has_a_key_test() -> None:
    tested = {
        node["attached_node"]
        for node in manifest()["nodes"].values()
        if node["resource_type"] == "test"
        and (node.get("test_metadata") or {}).get("name") in KEY_TESTS
    }
    without = {node["name"] for node in models() if node["unique_id"] not in tested}
    assert without == KEYLESS


def test_public_models_have_an_enforced_contract() -> None:
    public = [node for node in models() if re.match(r"(inp|dim|fct|rpt)_", node["name"])]
    assert not [node["name"] for node in public if not node["config"]["contract"]["enforced"]]


def test_columns_of_contracts_are_described() -> None:
    at_fault = [
        f"{node['name']}.{column['name']}"
        for node in models()
        if node["config"]["contract"]["enforced"]
        for column in node["columns"].values()
        if not column["description"]
    ]
    assert not at_fault


def test_layers_look_down_only() -> None:
    at_fault = [
        f"{node['name']} ({layer(node)}) reads {parent['name']} ({layer(parent)})"
        for node in models()
        for kind, parent in parents(node)
        if kind == "model"
        and LAYERS.index(layer(parent)) > LAYERS.index(layer(node))
        and not node["name"].startswith("int_checks__")
        and node["name"] not in READERS_OF_FACTS
    ]
    assert not at_fault


def test_sources_are_read_where_they_belong() -> None:
    at_fault = [
        f"{node['name']} ({layer(node)}) reads {parent['source_name']}.{parent['name']}"
        for node in models()
        for kind, parent in parents(node)
        if kind == "source" and parent["source_name"] not in SOURCES_OF_LAYER[layer(node)]
    ]
    assert not at_fault


@pytest.mark.parametrize("name", LAYERS)
def test_names_match_their_folder(name: str) -> None:
    at_fault = []
    for node in models():
        if layer(node) != name:
            continue
        match = re.fullmatch(PREFIXES[name], node["name"])
        folder = match.groupdict().get("folder") if match else None
        if match is None or (folder and folder != node["fqn"][2]):
            at_fault.append(node["original_file_path"])
    assert not at_fault


def test_every_source_table_is_described() -> None:
    at_fault = [
        f"{s['source_name']}.{s['name']}"
        for s in manifest()["sources"].values()
        if not s["description"]
    ]
    assert not at_fault
