"""A table as it was written: names, texts and the rows an editor shows, before any meaning."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from capstream.errors import Problem


@dataclass(frozen=True, slots=True)
class RawTable:
    """One table of text.

    Attributes:
        file: Label for provenance and problems: `inputs/people.csv`, `inputs/inputs.xlsx!people`.
        header_row: Row of the header.
        names: Header cells in order.
        columns: Cells by column, dictionary-encoded text; null where a cell is empty.
        rows: Row of each record as the editor shows it.
    """

    file: str
    header_row: int
    names: Sequence[str]
    columns: Sequence[pa.DictionaryArray]
    rows: npt.NDArray[np.int64]


class UnreadableTable(Exception):  # noqa: N818 - it carries problems, it is not one itself
    """A table that cannot be taken apart into rows and columns.

    Args:
        problems: Why, each with its place and remedy.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(str(problem) for problem in self.problems))


def unreadable(file: str, message: str, remedy: str, *, row: int = 0) -> UnreadableTable:
    """Return the error for a table that cannot be read, for one reason."""
    return UnreadableTable([Problem(file, row, "", message, remedy)])


def encode_texts(cells: Iterable[str | None]) -> pa.DictionaryArray:
    """Encode the cells of a column; an empty text becomes null, surrounding blanks fall away."""
    encoded = pa.array(cells, pa.string()).dictionary_encode()
    return normalised(encoded, encoded.dictionary.to_pylist())


def normalised(encoded: pa.DictionaryArray, texts: Sequence[str | None]) -> pa.DictionaryArray:
    """Return the encoded column with these texts for its distinct values, stripped."""
    stripped = [None if text is None else text.strip() or None for text in texts]
    positions: dict[str, int] = {}
    target = [
        None if text is None else positions.setdefault(text, len(positions)) for text in stripped
    ]
    indices = pa.array(target, pa.int32()).take(encoded.indices)
    return pa.DictionaryArray.from_arrays(indices, pa.array(list(positions), pa.string()))
