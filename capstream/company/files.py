"""Read each file of a company folder by itself; what they say of one another comes later."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from capstream.company.config import CapstreamConfig
from capstream.company.inputs import InputTables, load_inputs
from capstream.company.value_streams import ValueStreamsFile
from capstream.company.workflow import WorkflowFile
from capstream.documents.document import Document
from capstream.documents.sections import (
    Section,
)
from capstream.documents.validation import validated
from capstream.documents.yaml_reader import read_yaml
from capstream.errors import Problem
from capstream.policy import LoadedPolicy, load_policies

Model = TypeVar("Model", bound=Section)


@dataclass(frozen=True)
class CompanyFiles:
    """What could be read of a company folder; None where a file is missing or unsound.

    Every model stands beside its document, which knows the lines.
    """

    root: Path
    config: tuple[CapstreamConfig, Document] | None
    value_streams: tuple[ValueStreamsFile, Document] | None
    workflow: tuple[WorkflowFile, Document] | None
    policies: dict[str, LoadedPolicy]
    inputs: InputTables


def read_company_files(root: Path) -> tuple[CompanyFiles, list[Problem]]:
    """Read what can be read of the folder, and say what is wrong within each file."""
    problems: list[Problem] = []
    config = _read(root, "capstream.yaml", CapstreamConfig, problems)
    value_streams = _read(root, "value_streams.yaml", ValueStreamsFile, problems)
    workflow = _read(root, "workflow.yaml", WorkflowFile, problems)
    policies, found = load_policies(root)
    problems += found
    inputs, found = load_inputs(root)
    problems += found
    return CompanyFiles(root, config, value_streams, workflow, policies, inputs), problems


def _read(
    root: Path, file: str, model: type[Model], problems: list[Problem]
) -> tuple[Model, Document] | None:
    document, found = read_yaml(root / file, file)
    problems += found
    if document is None:
        return None
    value, found = validated(document, model)
    problems += found
    return None if value is None else (value, document)
