"""Put pydantic's errors into words: what is wrong, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from pydantic_core import ErrorDetails
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

_LEAST_SIMILARITY = 0.72
_LONGEST_SHOWN = 60

Words = tuple[str, str]


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that a misspelt one most likely means; None when none is near."""
    found = process.extractOne(
        word,
        list(known),
        scorer=JaroWinkler.similarity,
        processor=_bare,
        score_cutoff=_LEAST_SIMILARITY,
    )
    return None if found is None else str(found[0])


def suggestion(word: str, known: Iterable[str]) -> str:
    """Return `did you mean X?` for the nearest word, else the known words."""
    choices = list(known)
    near = nearest(word, choices)
    if near is not None:
        return f"did you mean {near}?"
    return f"write one of {', '.join(choices)}" if choices else "there is none to choose from"


def words_for(details: ErrorDetails) -> Words:
    """Word an error of a value; unknown keys are worded where the model is known."""
    wording = _WORDINGS.get(details["type"])
    if wording is not None:
        return wording(details)
    return f"{shown(details['input'])}: {details['msg']}", "correct the value"


def shown(value: object) -> str:
    """Name a value in a message, short."""
    if isinstance(value, dict):
        return "the group of keys"
    if isinstance(value, list | tuple):
        return "the list"
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def _bare(word: str) -> str:
    return word.casefold().replace("_", "").replace("-", "").replace(" ", "")


def _missing(details: ErrorDetails) -> Words:
    key = details["loc"][-1]
    return f"the key {key} is missing", f"add {key}: and its value"


def _our_own(details: ErrorDetails) -> Words:
    """Split `is wrong: do this`; a message that begins with `is` gets its value in front."""
    message, _, remedy = str(details["ctx"]["error"]).partition(": ")
    if message.startswith("is "):
        message = f"{shown(details['input'])} {message}"
    return message, remedy or "correct the value"


def _choice(details: ErrorDetails) -> Words:
    choices = _listed(details["ctx"]["expected"].replace(" or ", ", "))
    value = details["input"]
    message = f"{shown(value)} is not one of {', '.join(choices)}"
    return message, suggestion(str(value), choices)


def _unknown_kind(details: ErrorDetails) -> Words:
    tag = str(details["ctx"]["tag"])
    return f"{tag!r} is not a known kind", suggestion(tag, _listed(details["ctx"]["expected_tags"]))


def _listed(text: str) -> list[str]:
    return [word.strip(" '") for word in text.split(",")]


def _bound(details: ErrorDetails) -> Words:
    context = details["ctx"]
    bound = f"at least {context['ge']}" if "ge" in context else f"at most {context['le']}"
    return f"{shown(details['input'])} is out of range", f"write a number of {bound}"


def _pattern(details: ErrorDetails) -> Words:
    message = f"{shown(details['input'])} has the wrong form"
    return message, f"write it so that it matches {details['ctx']['pattern']}"


def _length(details: ErrorDetails) -> Words:
    context = details["ctx"]
    bound = context.get("min_length", context.get("max_length"))
    side = "at least" if "min_length" in context else "at most"
    message = f"the list has {context['actual_length']} entries"
    return message, f"write {side} {bound}"


def _form(message: str, remedy: str) -> Callable[[ErrorDetails], Words]:
    def wording(details: ErrorDetails) -> Words:
        return f"{shown(details['input'])} {message}", remedy

    return wording


_GROUP = _form("is not a group of keys", "write key: value below it")
_WORDINGS: dict[str, Callable[[Any], Words]] = {
    "missing": _missing,
    "value_error": _our_own,
    "literal_error": _choice,
    "union_tag_invalid": _unknown_kind,
    "union_tag_not_found": _form("has no kind", "add kind: jira, github, git, tables, …"),
    "greater_than_equal": _bound,
    "less_than_equal": _bound,
    "string_pattern_mismatch": _pattern,
    "too_short": _length,
    "too_long": _length,
    "model_type": _GROUP,
    "model_attributes_type": _GROUP,
    "dict_type": _GROUP,
    "tuple_type": _form("is not a list", "write [one, two] or a line - one for each"),
    "bool_type": _form("is neither true nor false", "write true or false"),
    "int_type": _form("is not a whole number", "write digits only, without quotes"),
    "string_type": _form("is not text", "write it in quotes"),
}
