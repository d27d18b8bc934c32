"""A month handed out: the files for readers outside, and a manifest that names nobody."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from capstream.close.identity import run_identity
from capstream.close.manifest import pack_manifest, write_manifest
from capstream.errors import UsageError
from capstream.types import Month
from capstream.warehouse import connect, warehouse_path
from orchestration.lib.pseudonym_key import pseudonym_key
from orchestration.lib.stamps import draft_stamp
from orchestration.lib.workbook_password import locked_with, workbook_password


def write_shared(company: Path, month: Month, folder: Path) -> list[Path]:
    """Write the month's files for readers outside the company.

    Args:
        company: The company folder.
        month: The month that was run last.
        folder: An empty or new folder.

    Returns:
        The files written; all of them, or none where something failed.

    Raises:
        UsageError: The warehouse holds another month, or there is no key for pseudonyms.
    """
    from orchestration.lib.resources import loaded_company
    from reports.pack import write_outside

    _require_run_month(company, month)
    reporting = loaded_company(company).config.reporting
    key = pseudonym_key(company, reporting)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".share-", dir=folder.parent) as aside:
        pack = Path(aside) / folder.name
        write_outside(
            company,
            pack,
            draft_stamp(company, month),
            key=key,
            password=workbook_password(reporting),
        )
        manifest = {
            **pack_manifest(company, month, run_identity(company, month), pack),
            **locked_with(reporting),
            "profile": "outside",
        }
        write_manifest(pack, _nameless(manifest))
        pack.replace(folder)
    return sorted(folder.iterdir())


def _require_run_month(company: Path, month: Month) -> None:
    with connect(warehouse_path(company), read_only=True) as connection:
        loaded = connection.execute("select run_month from company.settings").fetchall()
    if [str(row[0]) for row in loaded] != [str(month)]:
        raise UsageError(
            f"the warehouse does not hold {month}: run `capstream run --month {month}` first"
        )


def _nameless(manifest: dict[str, Any]) -> dict[str, Any]:
    """Return the manifest without the details of checks: they may name a person."""
    return {**manifest, "checks": [{**check, "detail": ""} for check in manifest["checks"]]}
