"""Closing a month: its rows frozen, its pack rendered as issued, its event appended."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from capstream.close.digests import value_sha256
from capstream.close.draft import draft_folder
from capstream.close.frozen import freeze_month
from capstream.close.identity import input_hashes, run_identity
from capstream.close.issue import (
    copy_backtests,
    copy_policies,
    manifest_hash,
    next_issue,
    publish_issue,
    seal_pack,
    staged_issue,
)
from capstream.close.ledger import (
    CLOSE,
    REOPEN,
    ClosingEvent,
    append_event,
    next_event,
    read_events,
)
from capstream.close.manifest import MANIFEST, manifest_text, pack_manifest, read_manifest
from capstream.close.provenance import PolicyInForce, policies_in_force
from capstream.company import Company
from capstream.errors import InputError
from capstream.types import Month
from capstream.warehouse import connect, warehouse_path
from orchestration.lib.closings import load_closed_months
from orchestration.lib.journal_files import write_journal_files
from orchestration.lib.stamps import draft_stamp
from orchestration.lib.workbook_password import locked_with, workbook_password

ISSUED = "ISSUED"


@dataclass(frozen=True, slots=True)
class IssuedMonth:
    """A closing that was made: its event and the folder of its pack."""

    event: ClosingEvent
    pack: Path


def is_draft_current(company: Company, month: Month) -> bool:
    """Say whether the month's draft was made of the inputs, records and code that stand now.

    A draft beside which closed months were not computed again is not: a closing compares them.
    """
    draft = draft_folder(company.root, month)
    if not (draft / MANIFEST).is_file() or not company.warehouse_path.is_file():
        return False
    try:
        manifest = read_manifest(draft)
    except InputError:
        return False
    with connect(company.warehouse_path, read_only=True) as connection:
        loaded = connection.execute("select run_month from company.settings").fetchall()
    if [str(row[0]) for row in loaded] != [str(month)]:
        return False
    identity = run_identity(company.root, month)
    return not identity.kept_through and bool(identity.run_id == manifest["run_id"])


def issue_month(
    company: Company, month: Month, *, prepared_by: str, approved_by: str, at: datetime
) -> IssuedMonth:
    """Freeze the month that stands in the warehouse and issue its pack.

    Args:
        company: The company; every condition of a closing holds for it.
        month: The run month of the warehouse.
        prepared_by: Who prepared the month.
        approved_by: Who approved it.
        at: When.
    """
    root = company.root
    events = read_events(root)
    issue = next_issue(root, month)
    pack = staged_issue(root, issue)
    with connect(warehouse_path(root), read_only=True) as connection:
        policies = policies_in_force(connection, month)
    _write_files(company, month, pack, policies)
    manifest = {
        **pack_manifest(root, month, run_identity(root, month), pack),
        **locked_with(company.config.reporting),
        "status": ISSUED,
        "inputs": dict(input_hashes(root)),
        "frozen": freeze_month(root, month),
    }
    event = next_event(
        events,
        event=CLOSE,
        month=month,
        at=at,
        prepared_by=prepared_by,
        approved_by=approved_by,
        content_hash=manifest_hash(_plain(manifest)),
        pack=issue.relative_to(root).as_posix(),
        contents=_contents(manifest, policies),
    )
    seal_pack(pack, manifest, event, events)
    append_event(root, event)
    publish_issue(root, pack, issue, month)
    load_closed_months(root, is_anew=False)
    return IssuedMonth(event, issue)


def reopen_month(
    company: Company,
    month: Month,
    *,
    reason: str,
    requested_by: str,
    approved_by: str,
    at: datetime,
) -> ClosingEvent:
    """Append a reopening; the pack and the rows of the earlier closing stay as they are."""
    events = read_events(company.root)
    words = {"month": str(month), "reason": reason, "requested_by": requested_by}
    event = next_event(
        events,
        event=REOPEN,
        month=month,
        at=at,
        prepared_by=requested_by,
        approved_by=approved_by,
        reason=reason,
        content_hash=value_sha256(words),
    )
    append_event(company.root, event)
    if company.warehouse_path.is_file():
        load_closed_months(company.root, is_anew=False)
    return event


def _write_files(company: Company, month: Month, pack: Path, policies: list[PolicyInForce]) -> None:
    from reports.pack import write_workbooks

    stamp = replace(draft_stamp(company.root, month), status=ISSUED)
    password = workbook_password(company.config.reporting)
    write_workbooks(company.root, str(month), pack, stamp, password=password)
    copy_policies(company.root, (policy.policy_id for policy in policies), pack)
    copy_backtests(company.root, month, pack)
    write_journal_files(company, month, pack, policies)


def _contents(manifest: dict[str, Any], policies: Iterable[PolicyInForce]) -> dict[str, Any]:
    """Return what the event itself says of the closing, beside the hash over all of it."""
    names = ("run_id", "inputs_sha256", "sources_sha256", "code_version", "files", "frozen")
    return {
        **{name: manifest[name] for name in names},
        "policies": {policy.entity: asdict(policy) for policy in policies},
    }


def _plain(manifest: dict[str, Any]) -> dict[str, Any]:
    """Return the manifest as a reader of its file sees it."""
    read_back: dict[str, Any] = json.loads(manifest_text(manifest))
    return read_back
