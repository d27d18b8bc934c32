"""Every dbt model as an asset; one dbt call builds what is asked for."""

from collections.abc import Iterator
from typing import Any

import dagster as dg
from dagster_dbt import dbt_assets

from capstream.company import Company
from capstream.errors import WarehouseError
from capstream.warehouse import connect
from capstream.warehouse.closed_tables import keep_comparison
from capstream.warehouse.statistics import row_counts
from orchestration.lib.building import build
from orchestration.lib.dbt_project import prepared_project
from orchestration.lib.failures import plain_failures
from orchestration.lib.partitions import MONTHS, ONE_MONTH_A_RUN
from orchestration.lib.resources import CompanyResource
from orchestration.lib.translator import LayerTranslator


@dg.definitions
def transform() -> dg.Definitions:
    """Declare the models of the parsed project (a file of assets would read it at import)."""

    @dbt_assets(
        manifest=prepared_project() / "manifest.json",
        name="dbt_models",
        partitions_def=MONTHS,
        backfill_policy=ONE_MONTH_A_RUN,
        dagster_dbt_translator=LayerTranslator(),
        pool="duckdb_write",
    )
    def dbt_models(
        context: dg.AssetExecutionContext, company: CompanyResource
    ) -> Iterator[dg.MaterializeResult[Any]]:
        with plain_failures():
            yield from built_models(context, company.load())

    return dg.Definitions(assets=[dbt_models])


def built_models(
    context: dg.AssetExecutionContext, company: Company
) -> Iterator[dg.MaterializeResult[Any]]:
    """Run dbt once and report each model that was built.

    Raises:
        WarehouseError: dbt or one of its models failed.
    """
    keys = {key.path[-1]: key for key in context.selected_asset_keys}
    outcome = build(company, sorted(keys) if context.is_subset else ())
    results = getattr(outcome.result, "results", None)
    if results is None:
        raise WarehouseError(f"dbt could not start: {outcome.exception}")
    with connect(company.warehouse_path, read_only=True) as connection:
        counts = row_counts(connection)
    for result in results:
        if result.status == "success" and result.node.name in keys:
            yield _materialised(keys[result.node.name], result, counts)
    failed = [result for result in results if result.status in {"error", "fail"}]
    if failed:
        raise WarehouseError(
            "dbt could not build "
            + "; ".join(f"{result.node.name}: {_first_lines(result.message)}" for result in failed)
        )
    if not context.is_subset:
        with connect(company.warehouse_path) as connection:
            keep_comparison(connection)


def _materialised(
    key: dg.AssetKey, result: Any, counts: dict[str, int]
) -> dg.MaterializeResult[Any]:
    metadata: dict[str, Any] = {"seconds": round(result.execution_time, 3)}
    relation = f"{result.node.schema}.{result.node.name}"
    if relation in counts:
        metadata["dagster/row_count"] = counts[relation]
    return dg.MaterializeResult(asset_key=key, metadata=metadata)


def _first_lines(message: str | None) -> str:
    return " ".join((message or "no message").split())[:500]
