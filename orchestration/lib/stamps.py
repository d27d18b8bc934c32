"""The stamp that every file of a pack carries."""

from pathlib import Path

from capstream.close.identity import run_identity
from capstream.close.provenance import company_facts, policies_in_force, policy_version
from capstream.types import Month
from capstream.warehouse import connect, warehouse_path
from reports.spec import PackStamp


def draft_stamp(company: Path, month: Month) -> PackStamp:
    """Describe the draft of a month as its files say it."""
    identity = run_identity(company, month)
    with connect(warehouse_path(company), read_only=True) as connection:
        facts = company_facts(connection)
        policies = policies_in_force(connection, month)
    return PackStamp(
        run_id=identity.run_id,
        inputs_sha256=identity.inputs_sha256,
        code_version=identity.code_version,
        policy_version=policy_version(policies),
        data_as_of=facts.data_as_of,
        status="DRAFT",
        month=str(month),
        company_name=facts.name,
        currency=facts.reporting_currency,
    )
