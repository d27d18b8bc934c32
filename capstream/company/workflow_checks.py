"""What the workflows of workflow.yaml say of one another."""

from __future__ import annotations

from collections.abc import Iterator

from capstream.company.files import CompanyFiles
from capstream.company.repetition import repeated
from capstream.company.workflow import Workflow, status_key
from capstream.documents.document import Document
from capstream.errors import Problem


def workflow_problems(files: CompanyFiles) -> Iterator[Problem]:
    """Find statuses in two steps, steps of one name and projects in two workflows."""
    if files.workflow is None:
        return
    model, document = files.workflow
    yield from _shared_projects(model.workflows, document)
    for index, workflow in enumerate(model.workflows):
        names = [step.step for step in workflow.steps]
        yield from repeated(
            names,
            document,
            lambda i, at=index: ("workflows", at, "steps", i, "step"),  # type: ignore[misc]
            "give each step its own name",
        )
        yield from _shared_statuses(index, workflow, document)


def _shared_projects(workflows: tuple[Workflow, ...], document: Document) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for index, workflow in enumerate(workflows):
        for position, project in enumerate(workflow.projects):
            first = seen.setdefault(project, index)
            if first != index:
                place = ("workflows", index, "projects", position)
                line = document.line(("workflows", first, "projects"))
                message = f"project {project} already has a workflow (line {line})"
                yield document.problem(place, message, "name it in one of them")


def _shared_statuses(index: int, workflow: Workflow, document: Document) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for place, group, status in workflow.placed_statuses():
        first = seen.setdefault(status_key(status), group)
        if first != group:
            message = f"status {status} stands in {first} and in {group}"
            path = ("workflows", index, *place)
            yield document.problem(path, message, "keep it in one of them")
