"""Find names that stand twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from capstream.documents.document import Document, KeyPath
from capstream.errors import Problem


def repeated(
    names: Iterable[str], document: Document, place: Callable[[int], KeyPath], remedy: str
) -> Iterator[Problem]:
    """Yield a problem for every name that an earlier entry has, compared without case.

    Args:
        names: The names in file order.
        document: Where they stand.
        place: Gives the path of the name at an index.
        remedy: What to do about it.
    """
    seen: dict[str, int] = {}
    for index, name in enumerate(names):
        first = seen.setdefault(name.casefold(), index)
        if first != index:
            message = f"{name} stands twice (first in line {document.line(place(first))})"
            yield document.problem(place(index), message, remedy)
