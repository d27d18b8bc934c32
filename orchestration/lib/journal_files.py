"""The journal files of a month, written into its pack, draft or issued."""

from collections.abc import Iterable
from pathlib import Path

from capstream.close.provenance import PolicyInForce, policies_in_force
from capstream.company import Company
from capstream.journals import JournalTarget, write_journals
from capstream.types import Month
from capstream.warehouse import connect, read, warehouse_path

FAILING = (
    "select count(*) from marts.fct_checks"
    " where month_key = ? and status = 'FAIL' and severity = 'BLOCK'"
)


def write_draft_journals(company: Company, month: Month, pack: Path) -> list[Path]:
    """Write the files of a draft; a month with a failing check has none, as it cannot close."""
    with connect(warehouse_path(company.root), read_only=True) as connection:
        [(failing,)] = connection.execute(FAILING, [str(month)]).fetchall()
        policies = policies_in_force(connection, month)
    return [] if failing else write_journal_files(company, month, pack, policies)


def write_journal_files(
    company: Company, month: Month, pack: Path, policies: Iterable[PolicyInForce]
) -> list[Path]:
    """Write one unposted file per configured entity and format whose policy is approved."""
    targets = [
        JournalTarget(target.format, entity, target.subsidiary)
        for target in company.config.journals
        for entity in target.entities
    ]
    if not targets:
        return []
    lines = read(company.root, "fct_journal_lines", month).to_dict("records")
    return write_journals(
        [{str(name): value for name, value in line.items()} for line in lines],
        targets,
        pack,
        month=str(month),
        approved_entities={p.entity for p in policies if p.status == "approved"},
    )
