"""Loads run without a network: whoever opens a connection fails the test."""

from __future__ import annotations

import socket
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: socket.socket, address: Any) -> None:
        raise AssertionError(f"a load called {address}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
