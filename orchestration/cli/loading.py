"""What every command that loads sources shares: which steps to take, and which sources failed."""

from collections.abc import Sequence
from pathlib import Path

from capstream.errors import CapstreamError
from orchestration.lib.kinds import SOURCE_ASSETS, asset_name


class SourcesFailedError(CapstreamError):
    """Sources could not be loaded; what they delivered before stands."""

    exit_code = 3


def configured_assets(kinds: Sequence[str]) -> frozenset[str]:
    """Return the loading steps of a company: a kind that is not configured costs nothing."""
    return frozenset(asset_name(kind) for kind in kinds)


def unneeded_assets(kinds: Sequence[str]) -> frozenset[str]:
    """Return the loading steps to leave out."""
    return SOURCE_ASSETS - configured_assets(kinds)


def raise_failures(root: Path, source: str = "") -> None:
    """Raise what sources said of themselves that could not be loaded.

    Args:
        root: The company folder.
        source: Only this source; empty for all.

    Raises:
        SourcesFailedError: At least one could not be loaded.
    """
    from capstream.warehouse import read_arrow

    rows = read_arrow(root, "ops.source_failures").to_pylist()
    failed = sorted(row["message"] for row in rows if source in {"", row["source"]})
    if failed:
        raise SourcesFailedError("\n".join(failed))
