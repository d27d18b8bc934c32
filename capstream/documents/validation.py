"""Check a document against its model and say every problem with line, key and remedy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from capstream.documents.credentials import is_secret_key, secret_problems
from capstream.documents.document import Document, KeyPath
from capstream.documents.sections import (
    Section,
    SettingError,
)
from capstream.documents.wording import Words, suggestion, words_for
from capstream.errors import Problem

Model = TypeVar("Model", bound=Section)


def validated(document: Document, model: type[Model]) -> tuple[Model | None, list[Problem]]:
    """Read a document as its model.

    Returns:
        The model, None when anything is wrong; and every problem found.
    """
    problems = secret_problems(document)
    if not isinstance(document.value, dict):
        problem = document.problem((), "holds no settings", "write them as key: value")
        return None, [*problems, problem]
    secret_places = {(problem.row, problem.column) for problem in problems}
    try:
        value = model.model_validate(document.value)
    except ValidationError as error:
        # A union reports the same place once for each of its members.
        found = dict.fromkeys(
            _problem(document, model, details) for details in error.errors(include_url=False)
        )
        others = (one for one in found if (one.row, one.column) not in secret_places)
        return None, [*problems, *others]
    return (None if problems else value), problems


def _problem(document: Document, model: type[Section], details: ErrorDetails) -> Problem:
    path = _path_in_file(document.value, details)
    error = details.get("ctx", {}).get("error")
    if isinstance(error, SettingError):
        path = (*path, error.key)
    if details["type"] == "extra_forbidden":
        message, remedy = _unknown_key(document, model, path)
    else:
        message, remedy = words_for(details)
    return document.problem(path, message, remedy)


def _path_in_file(value: Any, details: ErrorDetails) -> KeyPath:
    """Drop the parts that pydantic adds for unions, which the file does not have."""
    path: list[int | str] = []
    for part in details["loc"]:
        present = isinstance(value, dict) and part in value
        listed = isinstance(value, list) and isinstance(part, int) and part < len(value)
        if present or listed:
            value = value[part]
            path.append(part)
    if details["type"] == "missing":
        path.append(details["loc"][-1])
    return tuple(path)


def _unknown_key(document: Document, model: type[Section], path: KeyPath) -> Words:
    key = str(path[-1])
    if is_secret_key(key):
        return "a secret may not stand in a file", f"name its environment variable as {key}_env"
    return f"unknown key {key}", suggestion(key, _known_keys(document.value, model, path[:-1]))


def _known_keys(value: Any, model: type[Section], path: KeyPath) -> list[str]:
    """List the keys that the section at a path may have."""
    sections: list[type[Section]] = [model]
    for part in path:
        value = value[part]
        if isinstance(part, str):
            sections = [inner for one in sections for inner in _sections_below(one, part)]
    kinds = [one for one in sections if value.get("kind") in _kinds_of(one)]
    names = [
        field.alias or name for one in kinds or sections for name, field in one.model_fields.items()
    ]
    return list(dict.fromkeys(names))


def _kinds_of(section: type[Section]) -> tuple[Any, ...]:
    field = section.model_fields.get("kind")
    return get_args(field.annotation) if field is not None else ()


def _sections_below(section: type[Section], key: str) -> list[type[Section]]:
    for name, field in section.model_fields.items():
        if key in {name, field.alias}:
            return list(_sections_in(field.annotation))
    return []


def _sections_in(annotation: Any) -> Iterator[type[Section]]:
    if isinstance(annotation, type) and issubclass(annotation, Section):
        yield annotation
    for inner in get_args(annotation):
        yield from _sections_in(inner)
