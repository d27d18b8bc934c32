"""Checks against the disk: paths stay inside the folder, and what is needed is there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from capstream.company.files import CompanyFiles
from capstream.company.paths import escapes_by_link, leaves_folder, matching_files
from capstream.errors import Problem

_OWN_NAMES = ("capstream.yaml", "value_streams.yaml", "workflow.yaml", "policies", "var", "out")
_LINK_REMEDY = "put it into the company folder itself; the folder as a whole may be moved"


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


def own_file_problems(root: Path) -> Iterator[Problem]:
    """Find files and folders of the company itself that are links out of it.

    A run reads the first and writes the others, so that a link would let records of a place that
    nobody named decide the books, or pay be written where others read.
    """
    named = [root / name for name in _OWN_NAMES]
    for place in [*named, *sorted(root.glob("policies/*.yaml"))]:
        if leaves_folder(root, place):
            file = str(place.relative_to(root))
            yield Problem(file, 0, "", "the link leaves the company folder", _LINK_REMEDY)


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
