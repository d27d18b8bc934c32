"""What must be true of the policies before anybody relies on a month."""

import dagster as dg

from capstream.warehouse import connect, warehouse_path
from orchestration.lib.failures import plain_failures
from orchestration.lib.resources import CompanyResource
from orchestration.lib.translator import source_key


@dg.asset_check(
    asset=source_key("company", "policies"),
    description="Every policy in use is approved; a draft may run but never close.",
)
def policies_are_approved(company: CompanyResource) -> dg.AssetCheckResult:
    """Name the policies that are in use and still a draft."""
    with plain_failures(), connect(warehouse_path(company.path), read_only=True) as connection:
        rows = connection.execute(
            "select distinct policy_id from company.policy_assignments"
            " join company.policies using (policy_id) where status <> 'approved' order by policy_id"
        ).fetchall()
    return dg.AssetCheckResult(
        passed=not rows,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={"drafts": ", ".join(str(row[0]) for row in rows)},
    )
