"""Loads run without a network: whoever leaves this machine fails the test."""

from __future__ import annotations

import socket
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def refuse(opened: socket.socket, address: Any) -> None:
        if address[0] != "127.0.0.1":
            raise AssertionError(f"a load called {address}")
        connect(opened, address)

    monkeypatch.setattr(socket.socket, "connect", refuse)
