"""The model of workflow.yaml: which tracker status means which step of the value stream."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from capstream.documents.fields import (
    Text,
)
from capstream.documents.sections import (
    Many,
    Section,
    SettingError,
)


def status_key(status: str) -> str:
    """Return the form in which statuses are compared: without case and outer blanks."""
    return status.strip().lower()


class Step(Section):
    """A step: `work` = somebody is on it, `wait` = a queue."""

    step: Text
    kind: Literal["work", "wait"]
    statuses: Many[Text] = ()
    from_pull_requests: bool = False
    from_deployments: bool = False

    @model_validator(mode="after")
    def _has_an_origin(self) -> Self:
        if not (self.statuses or self.from_pull_requests or self.from_deployments):
            raise SettingError(
                "statuses",
                "the step has no statuses: add statuses, from_pull_requests or from_deployments",
            )
        return self


class Workflow(Section):
    """The steps, in order, of some projects; `*` = every project that no other workflow names."""

    projects: Annotated[Many[Text], Field(min_length=1)]
    steps: Annotated[Many[Step], Field(min_length=1)]
    before: Many[Text] = ()
    done: Many[Text] = ()
    cancelled: Many[Text] = ()

    def placed_statuses(self) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
        """Yield the place in the file, the group or step, and the status, of every status."""
        for index, step in enumerate(self.steps):
            for position, status in enumerate(step.statuses):
                yield ("steps", index, "statuses", position), step.step, status
        for group in ("before", "done", "cancelled"):
            for position, status in enumerate(getattr(self, group)):
                yield (group, position), group, status


class WorkflowFile(Section):
    """The whole of workflow.yaml."""

    workflows: Annotated[Many[Workflow], Field(min_length=1)]
