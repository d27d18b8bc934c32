"""Releases and tags that stand in for deployments where a source is configured so."""

from __future__ import annotations

import re

PRODUCTION = "production"
PREVIEW = "preview"

_PREVIEW_TAG = re.compile(r"(?i)(?:^|[-_.]|\d)(?:alpha|beta|rc|pre|preview|dev|snapshot)(?![a-z])")


def release_environment(tag: str, *, is_preview: bool = False) -> str:
    """Return where a release goes: candidates and previews never reach production."""
    return PREVIEW if is_preview or _PREVIEW_TAG.search(tag) else PRODUCTION
