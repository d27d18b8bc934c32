"""The checks of the books, as the orchestrator shows them."""

from collections.abc import Iterator

import dagster as dg

from capstream.close.totals import CheckResult, check_results
from capstream.types import Month
from capstream.warehouse import connect, warehouse_path
from orchestration.lib.failures import plain_failures
from orchestration.lib.resources import CompanyResource

FCT_CHECKS = dg.AssetKey(["marts", "fct_checks"])
BLOCKING = dg.AssetCheckSpec(
    "blocking_checks_pass",
    asset=FCT_CHECKS,
    blocking=True,
    description="Every minute, cent and entry ties; a failure keeps the month from being closed.",
)
WARNING = dg.AssetCheckSpec(
    "warning_checks_pass",
    asset=FCT_CHECKS,
    description="Nothing asks for a person's eye before the month is closed.",
)


@dg.multi_asset_check(specs=[BLOCKING, WARNING], name="books_checks")
def books_checks(company: CompanyResource) -> Iterator[dg.AssetCheckResult]:
    """Read the month's rows of fct_checks; the run month stands in company.settings."""
    with plain_failures(), connect(warehouse_path(company.path), read_only=True) as connection:
        run_month = connection.execute("select run_month from company.settings").fetchall()[0][0]
        checks = check_results(connection, Month.parse(run_month))
    blocking = [check for check in checks if check.severity == "BLOCK"]
    warning = [check for check in checks if check.severity != "BLOCK"]
    yield _outcome(BLOCKING.name, blocking, dg.AssetCheckSeverity.ERROR)
    yield _outcome(WARNING.name, warning, dg.AssetCheckSeverity.WARN)


def _outcome(
    name: str, checks: list[CheckResult], severity: dg.AssetCheckSeverity
) -> dg.AssetCheckResult:
    failed = [check for check in checks if check.status == "FAIL"]
    return dg.AssetCheckResult(
        check_name=name,
        asset_key=FCT_CHECKS,
        passed=not failed,
        severity=severity,
        metadata={
            "checked": len(checks),
            "failed": {check.check_id: f"{check.difference} {check.detail}" for check in failed},
        },
    )
