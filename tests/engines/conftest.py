"""One PostgreSQL server for all tests of engines."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.engines.servers import postgres_server, programs


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """Return the address of a running server, without a database."""
    if programs() is None:
        pytest.skip("no PostgreSQL on this machine: install the package postgresql")
    with postgres_server() as address:
        yield address
