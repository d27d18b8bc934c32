"""What every definition shares: the company and how steps are executed."""

import dagster as dg

from orchestration.lib.resources import COMPANY_VARIABLE, CompanyResource


@dg.definitions
def shared() -> dg.Definitions:
    """Bind the company to the environment; steps share one process, as DuckDB has one writer."""
    return dg.Definitions(
        resources={"company": CompanyResource(root=dg.EnvVar(COMPANY_VARIABLE))},
        executor=dg.in_process_executor,
    )
