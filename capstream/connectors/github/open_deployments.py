"""Deployments that had not ended when they were read: asked for by id until they have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from capstream.connectors.api.open_ones import WithOpenOnes
from capstream.connectors.github.streams import RepositoryList

_ENDS = frozenset({"SUCCESS", "FAILURE", "ERROR", "INACTIVE"})


def with_open_deployments(listed: RepositoryList) -> WithOpenOnes:
    """Read deployments in order of creation, which a late status does not change."""
    return WithOpenOnes(listed, identity=_node_id, is_open=_is_open, ask=listed.asked)


def _node_id(line: Mapping[str, Any]) -> str:
    return str(line["node"]["id"])


def _is_open(line: Mapping[str, Any]) -> bool:
    return _ENDS.isdisjoint(status["state"] for status in line["node"]["statuses"]["nodes"])
