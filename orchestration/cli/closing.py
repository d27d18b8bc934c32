"""The steps of a closing in their order: refuse early, run when needed, then issue."""

from datetime import datetime

from capstream.close.conditions import check_books, check_order, check_people, check_policies
from capstream.close.draft import draft_folder
from capstream.close.issue import settle_issues
from capstream.close.ledger import read_events
from capstream.close.manifest import read_manifest
from capstream.company import Company
from capstream.company.listed_rows import policies_of_month
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
        BlockedCloseError: A blocking check fails.
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
    progress.step("issue")
    return issue_month(company, month, prepared_by=prepared_by, approved_by=approved_by, at=at)
