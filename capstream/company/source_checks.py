"""Checks against the disk: paths stay inside the folder, and what is needed is there."""

from __future__ import annotations

from collections.abc import Iterator

from capstream.company.files import CompanyFiles
from capstream.company.paths import escapes_by_link, matching_files
from capstream.errors import Problem


def escape_problems(files: CompanyFiles) -> Iterator[Problem]:
    """Find paths that leave the company folder through a symbolic link."""
    if files.config is None:
        return
    config, document = files.config
    places = [(("sources", index), source) for index, source in enumerate(config.sources)]
    for place, entry in [*places, (("warehouse",), config.warehouse)]:
        if entry.path is None or entry.allow_outside:
            continue
        if escapes_by_link(files.root, entry.path):
            yield document.problem(
                (*place, "path"),
                f"path {entry.path!r} leaves the company folder through a link",
                "copy the files inside, or write allow_outside: true beside the path",
            )


def missing_record_problems(files: CompanyFiles) -> list[Problem]:
    """Find sources that read files where there are none."""
    if files.config is None:
        return []
    config, document = files.config
    problems = []
    for index, source in enumerate(config.sources):
        if source.path is not None and not matching_files(files.root, source.path):
            message = f"source {source.name}: nothing is at {source.path!r}"
            remedy = "put the records there or correct path"
            problems.append(document.problem(("sources", index, "path"), message, remedy))
    return problems


def missing_people_problems(files: CompanyFiles) -> list[Problem]:
    """Say that nobody is listed: without people there is no capacity and no cost."""
    if files.inputs.tables["people"].num_rows:
        return []
    file = files.inputs.files.get("people", "inputs/people.csv")
    return [Problem(file, 0, "", "nobody is listed", "write a row for every person and spell")]
