"""Recognise secrets that were written where only the name of a variable belongs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from capstream.documents.document import Document, KeyPath
from capstream.errors import Problem

_SECRET_KEY = re.compile(
    r"(^|_)(token|pass|password|passwd|passphrase|secret|credentials?|bearer|authorization"
    r"|(api|access|private|admin|service|secret)_?key|dsn|connection_string)$"
)
_SECRET_VALUE = re.compile(
    r"gh[pousr]_[A-Za-z0-9]{16,}|github_pat_\w{20,}|glpat-[\w-]{16,}|xox[abprs]-[\w-]{10,}"
    r"|sk-[A-Za-z0-9_-]{16,}|lin_api_\w{16,}|ATATT[\w=-]{20,}|(AKIA|ASIA)[A-Z0-9]{16}\b"
    r"|AIza[\w-]{30,}|eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]+|-----BEGIN [A-Z ]*PRIVATE KEY"
    r"|^[a-z][a-z0-9+.-]*://[^/\s:@]+:[^/\s@]+@|^(Bearer|Basic) [\w+/=.-]{12,}"
)
REMEDY = "put it into an environment variable, withdraw the one written here"


def is_secret_key(key: str) -> bool:
    """Say whether a key of this name would hold a secret itself."""
    return _SECRET_KEY.search(key.lower().replace("-", "_")) is not None


def looks_secret(value: object) -> bool:
    """Say whether a value has the form of a known kind of credential."""
    return isinstance(value, str) and _SECRET_VALUE.search(value) is not None


def secret_problems(document: Document) -> list[Problem]:
    """Find literal secrets anywhere in a document; no message repeats one."""
    return [
        document.problem(path, message, f"{REMEDY} and write its name as {_variable_key(path)}")
        for path, message in _secrets(document.value, ())
    ]


def _secrets(value: object, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if is_secret_key(key) and inner is not None and not isinstance(inner, dict | list):
                yield (*path, key), "a secret may not stand in a file"
            else:
                yield from _secrets(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _secrets(inner, (*path, index))
    elif looks_secret(value):
        yield path, "the value looks like a credential, and a secret may not stand in a file"


def _variable_key(path: KeyPath) -> str:
    key = next((part for part in reversed(path) if isinstance(part, str)), "token")
    return key if key.endswith("_env") else f"{key}_env"
