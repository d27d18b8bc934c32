"""Reads a GraphQL question, counts what it costs at GitLab, and answers it field by field."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

_TOKEN = re.compile(r"\.\.\.|[{}()\[\]:$!]|[A-Za-z_0-9]+")
Schema = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Field:
    """A field of a question; of a condition on a type the name is `... Type`."""

    name: str
    given: Mapping[str, Any]
    fields: tuple[Field, ...]


class _Reader:
    def __init__(self, text: str, variables: Mapping[str, Any]) -> None:
        self.tokens = _TOKEN.findall(text)
        self.variables = variables
        self.place = 0

    def next(self) -> str:
        self.place += 1
        return str(self.tokens[self.place - 1])

    def is_next(self, token: str) -> bool:
        return self.place < len(self.tokens) and self.tokens[self.place] == token

    def question(self) -> tuple[Field, ...]:
        while not self.is_next("{"):
            self.next()
        fields = self.fields()
        assert self.place == len(self.tokens), "a bracket too many"
        return fields

    def fields(self) -> tuple[Field, ...]:
        found = []
        assert self.next() == "{"
        while not self.is_next("}"):
            found.append(self.field())
        self.next()
        return tuple(found)

    def field(self) -> Field:
        name = self.next()
        if name == "...":
            assert self.next() == "on"
            return Field(f"... {self.next()}", {}, self.fields())
        given = {}
        if self.is_next("("):
            self.next()
            while not self.is_next(")"):
                key = self.next()
                assert self.next() == ":"
                given[key] = self.value()
            self.next()
        return Field(name, given, self.fields() if self.is_next("{") else ())

    def value(self) -> Any:
        word = self.next()
        if word == "$":
            return self.variables.get(self.next())
        if word == "[":
            found = []
            while not self.is_next("]"):
                found.append(self.value())
            self.next()
            return found
        return int(word) if word.isdigit() else word


def fields_of(text: str, variables: Mapping[str, Any]) -> tuple[Field, ...]:
    """Return what a question asks for."""
    return _Reader(text, variables).question()


def unknown(fields: tuple[Field, ...], schema: Schema, kind: str = "Query") -> list[str]:
    """Return what a host says of fields that its schema lacks."""
    said = []
    for each in fields:
        if each.name.startswith("... "):
            said += unknown(each.fields, schema, each.name[4:])
        elif each.name not in schema[kind]:
            said.append(f"Field '{each.name}' doesn't exist on type '{kind}'")
        elif each.fields:
            said += unknown(each.fields, schema, schema[kind][each.name])
    return said


def cost(
    fields: tuple[Field, ...], own: Mapping[str, int], share: Mapping[str, float]
) -> int:  # fmt: skip
    """Return the complexity of fields as GitLab's `Types::BaseField` counts it.

    Args:
        fields: The fields.
        own: What a field costs by itself; one where it is not listed.
        share: Part of its cost that each entry of a list adds.
    """
    total = 0
    for each in fields:
        inner = cost(each.fields, own, share)
        if each.name.startswith("... "):
            total += inner
            continue
        whole = inner + own.get(each.name, 1)
        many = 0 if each.given.get("iids") else share.get(each.name, 0.0)
        total += int(whole + whole * many * each.given.get("first", 100))
    return total


def answered(fields: tuple[Field, ...], value: Any) -> Any:
    """Return what was asked of a value; callables take the arguments of their field."""
    if isinstance(value, list):
        return [answered(fields, each) for each in value]
    if not fields or value is None:
        return value
    found: dict[str, Any] = {}
    for each in fields:
        if each.name.startswith("... "):
            if value.get("__typename") == each.name[4:]:
                found |= answered(each.fields, value)
            continue
        inner: Any = value.get(each.name)
        held = inner(each.given) if isinstance(inner, Callable) else inner  # type: ignore[arg-type]
        found[each.name] = answered(each.fields, held)
    return found
