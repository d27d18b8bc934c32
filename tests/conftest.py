"""Which tests of the suite share a process when it is spread over the cores."""

from __future__ import annotations

import pytest

SAMPLES = frozenset({"sample", "small"})
"""Companies that take longer to run than most of what is asked of them."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep a file's tests together, and all that ask of the same companies, run once for them."""
    for item in items:
        asks_samples = SAMPLES.intersection(getattr(item, "fixturenames", ()))
        group = "samples" if asks_samples else item.nodeid.partition("::")[0]
        item.add_marker(pytest.mark.xdist_group(group))
