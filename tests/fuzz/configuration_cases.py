"""Configuration and policy files with one or a few things wrong, as trees and as bytes.

What is taken must be usable: the rows that a run would write come out of it without a failure.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from capstream.company import Company, check_company, load_company
from capstream.company.tables import company_tables
from capstream.errors import InputError, Problem
from capstream.types import Month
from tests.fuzz.hostile import damaged_bytes, damaged_tree, dice
from tests.unit.configured_company import FILES, write_configured_company

NAMES = sorted(name for name in FILES if name.endswith(".yaml"))
TREES: dict[str, Any] = {name: yaml.load(FILES[name], yaml.BaseLoader) for name in NAMES}  # noqa: S506 - texts only
MONTH = Month(2026, 3)


def spoil_and_check(root: Path, number: int) -> None:
    """Write one spoilt configuration and demand problems with a place, or rows for a run."""
    chance = dice("configuration", number)
    name = NAMES[number % len(NAMES)]
    write_configured_company(root)
    (root / name).write_bytes(_spoilt(chance, name))
    problems = check_company(root)
    for problem in problems:
        assert problem.message, problem
        assert problem.remedy, problem
        assert "\n" not in problem.file, problem
    company, refused = _loaded(root)
    if company is None:
        assert refused
        assert set(refused) <= set(problems)
        return
    tables = company_tables(company, MONTH, None)
    assert tables["settings"].num_rows == 1
    assert all(isinstance(name, str) for name in tables)


def _loaded(root: Path) -> tuple[Company | None, Sequence[Problem]]:
    try:
        return load_company(root), ()
    except InputError as refused:
        return None, refused.problems


def _spoilt(chance: random.Random, name: str) -> bytes:
    if chance.random() < 0.25:
        return damaged_bytes(chance, FILES[name].encode())
    tree = copy.deepcopy(TREES[name])
    for _ in range(chance.choice([1, 1, 1, 2, 4])):
        damaged_tree(chance, tree)
    text: str = yaml.dump(tree, Dumper=_PlainDumper, allow_unicode=True, sort_keys=False)
    return text.encode("utf-8", "surrogatepass")


class _PlainDumper(yaml.SafeDumper):
    """Writes texts without quotes where YAML reads them as texts again, as people do."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - the base declares it so

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None)


_PlainDumper.add_representer(str, _text)
