"""The steps of a closing in their order: refuse early, run when needed, then issue."""

from datetime import datetime
from pathlib import Path

from capstream.close.conditions import (
    BlockedCloseError,
    check_books,
    check_order,
    check_people,
    check_policies,
)
from capstream.close.draft import draft_folder
from capstream.close.issue import settle_issues
from capstream.close.ledger import read_events
from capstream.close.manifest import read_manifest
from capstream.company import Company
from capstream.company.listed_rows import policies_of_month
from capstream.journals.import_check import journal_problems
from capstream.types import Month
from orchestration.cli.progress import Progress
from orchestration.lib.issuing import IssuedMonth, is_draft_current, issue_month
from orchestration.lib.workbook_password import require_password


def close_month(
    company: Company,
    month: Month,
    progress: Progress,
    *,
    prepared_by: str,
    approved_by: str,
    at: datetime,
) -> IssuedMonth:
    """Close a month of a company.

    Raises:
        UsageError: People, policies, the order of months or a password that is not set forbid
            it; nothing was changed.
        BlockedCloseError: A blocking check fails, or a journal file breaks its target's rules.
    """
    root = company.root
    check_people(company.config.roles, prepared_by=prepared_by, approved_by=approved_by)
    settle_issues(root)
    check_order(read_events(root), month, company.config.company.first_month)
    check_policies(policies_of_month(company, month))
    require_password(company.config.reporting)
    if not is_draft_current(company, month):
        from orchestration.cli.execution import run_job

        run_job("close_draft", root, progress, month=month)
    check_books(read_manifest(draft_folder(root, month))["checks"])
    check_journal_files(draft_folder(root, month))
    progress.step("issue")
    return issue_month(company, month, prepared_by=prepared_by, approved_by=approved_by, at=at)


def check_journal_files(draft: Path) -> None:
    """Demand that every journal file of a draft would be taken by its target.

    Raises:
        BlockedCloseError: One would be refused; the message names up to five places.
    """
    found = [str(problem) for problem in journal_problems(draft)]
    if found:
        more = [f"  and {len(found) - 5} more"] if len(found) > 5 else []
        raise BlockedCloseError(
            "\n".join(
                ["the month stays open, journal files would be refused by their target:"]
                + [f"  {problem}" for problem in found[:5]]
                + more
            )
        )
