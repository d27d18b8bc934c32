"""Read a whole company folder; say everything that is wrong with it at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from capstream.company.config import CapstreamConfig
from capstream.company.config_checks import configuration_problems
from capstream.company.files import read_company_files
from capstream.company.inputs import InputTables
from capstream.company.source_checks import missing_people_problems, missing_record_problems
from capstream.company.value_streams import ValueStream
from capstream.company.workflow import Workflow
from capstream.errors import InputError, Problem
from capstream.policy import Policy


@dataclass(frozen=True)
class Company:
    """A company folder that was read and found sound.

    Attributes:
        root: The folder.
        config: capstream.yaml.
        value_streams: The streams of value_streams.yaml, in file order.
        workflow: The workflows of workflow.yaml, in file order.
        policies: The policies of policies/, by policy_id.
        inputs: The input tables, typed, with their files and rows.
    """

    root: Path
    config: CapstreamConfig
    value_streams: tuple[ValueStream, ...]
    workflow: tuple[Workflow, ...]
    policies: dict[str, Policy]
    inputs: InputTables

    @property
    def warehouse_path(self) -> Path:
        """The DuckDB file."""
        return self.root / self.config.warehouse.path

    @property
    def var(self) -> Path:
        """What the product keeps for itself: landing, orchestrator, ledger of closings."""
        return self.root / "var"

    @property
    def out(self) -> Path:
        """Where packs are written, one folder a month."""
        return self.root / "out"


def load_company(root: Path) -> Company:
    """Read a company folder.

    Args:
        root: The folder that holds capstream.yaml.

    Raises:
        InputError: Anything is wrong; carries every problem found, nothing was changed.
    """
    files, problems = read_company_files(root)
    problems += configuration_problems(files)
    if problems or files.config is None or files.value_streams is None or files.workflow is None:
        raise InputError(problems)
    config = files.config[0]
    return Company(
        root=root,
        config=config,
        value_streams=files.value_streams[0].value_streams,
        workflow=files.workflow[0].workflows,
        policies={name: loaded.policy for name, loaded in files.policies.items()},
        inputs=files.inputs.with_timezone(config.company.timezone),
    )


def check_company(root: Path) -> list[Problem]:
    """Find every problem of a company folder, also missing records and an empty roster."""
    files, problems = read_company_files(root)
    problems += configuration_problems(files)
    problems += missing_record_problems(files)
    if not any(problem.file.startswith("inputs") for problem in problems):
        problems += missing_people_problems(files)
    return sorted(set(problems))
