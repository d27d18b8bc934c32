"""The manifest of a pack: what it was made of, what it adds up to, and every file's hash."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path
from typing import Any

from capstream.close.digests import file_hashes
from capstream.close.identity import RunIdentity, git_commit, identity_values
from capstream.close.provenance import company_facts, policies_in_force
from capstream.close.totals import CheckResult, check_results, month_totals
from capstream.errors import InputError, Problem
from capstream.types import Month
from capstream.warehouse import connect, warehouse_path

MANIFEST = "manifest.json"
MANIFEST_VERSION = 1


def pack_manifest(company: Path, month: Month, identity: RunIdentity, pack: Path) -> dict[str, Any]:
    """Describe a pack: identity, provenance, control totals, checks and file hashes.

    Args:
        company: The company folder; its warehouse holds the month.
        month: The month.
        identity: What the run was made of.
        pack: The folder with every other file of the pack.
    """
    with connect(warehouse_path(company), read_only=True) as connection:
        facts = company_facts(connection)
        policies = policies_in_force(connection, month)
        totals = month_totals(connection, month)
        checks = check_results(connection, month)
    return {
        "manifest_version": MANIFEST_VERSION,
        "status": "DRAFT",
        **identity_values(identity),
        "git_commit": git_commit(),
        "company": facts.name,
        "data_as_of": facts.data_as_of,
        "policies": [asdict(policy) for policy in policies],
        "control_totals": asdict(totals),
        "checks": [asdict(check) for check in checks],
        "all_blocking_checks_pass": not blocking_failures(checks),
        "files": dict(file_hashes(pack, pack.iterdir())),
    }


def blocking_failures(checks: list[CheckResult]) -> list[CheckResult]:
    """Return the checks that keep the month from being closed."""
    return [check for check in checks if check.is_blocking_failure]


def write_manifest(pack: Path, manifest: Mapping[str, Any]) -> Path:
    """Write the manifest into its pack; amounts as text, so that no reader rounds them."""
    path = pack / MANIFEST
    path.write_text(manifest_text(manifest), encoding="utf-8")
    return path


def manifest_text(manifest: Mapping[str, Any]) -> str:
    """Return the one way in which a manifest is written."""
    return json.dumps(manifest, indent=2, default=_plain, ensure_ascii=False) + "\n"


def read_manifest(pack: Path) -> dict[str, Any]:
    """Read the manifest of a pack.

    Raises:
        InputError: There is none, or it is not one of ours.
    """
    path = pack / MANIFEST
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise _unreadable(path, "there is no manifest", "name the folder of a pack") from None
    except ValueError as error:
        raise _unreadable(path, f"it is not JSON ({error})", "run the month again") from None
    if not isinstance(manifest, dict) or manifest.get("manifest_version") != MANIFEST_VERSION:
        raise _unreadable(path, "it is of another version", "run the month again")
    return manifest


def _unreadable(path: Path, message: str, remedy: str) -> InputError:
    return InputError([Problem(str(path), 0, "", message, remedy)])


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return format(value, "f")
    raise TypeError(f"{type(value).__name__} has no place in a manifest")
