"""Finds the issue before a pack and reads what `Changes` compares with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from capstream.close.identity import input_hashes
from capstream.close.issue import issued_folders
from capstream.close.manifest import read_manifest
from reports.spec import PackStamp
from reports.workbooks.shared.facts import Rows
from reports.workbooks.shared.prior import PriorIssue

_FOLDER = re.compile(r"(\d{4}-\d{2})(?:_v(\d+))?")


def prior_issue(company_root: Path, stamp: PackStamp) -> PriorIssue | None:
    """Return the newest issue of the month itself, else of the newest month before it.

    Args:
        company_root: The company folder.
        stamp: The stamp of the pack that is being written.
    """
    found = []
    for folder in issued_folders(company_root):
        match = _FOLDER.fullmatch(folder.name)
        if match and match[1] <= stamp.month:
            found.append((match[1], int(match[2] or 1), folder))
    if not found:
        return None
    month, _, folder = max(found)
    manifest = read_manifest(folder)
    is_same = month == stamp.month
    return PriorIssue(
        folder.name,
        month,
        is_same,
        _population(folder, month) if is_same else Rows([]),
        _basis(
            str(manifest.get("code_version", "")),
            str(manifest.get("policy_version", _policies(manifest))),
            manifest.get("inputs", {}),
        ),
        _basis(stamp.code_version, stamp.policy_version, input_hashes(company_root)),
    )


def _population(folder: Path, month: str) -> Rows:
    """Read every cost row of an issued pack."""
    return Rows.of(pq.read_table(folder / f"cost_detail_{month}.parquet"))


def _policies(manifest: Mapping[str, Any]) -> str:
    """Name the policies of a manifest as a stamp does."""
    named = manifest.get("policies", {})
    values = named.values() if isinstance(named, Mapping) else named
    return ", ".join(sorted({f"{policy['policy_id']}@{policy['version']}" for policy in values}))


def _basis(code: str, policies: str, inputs: Mapping[str, str]) -> dict[str, str]:
    return {
        "code version": code,
        "policy versions": policies,
        **{f"input {name}": digest for name, digest in inputs.items()},
    }
