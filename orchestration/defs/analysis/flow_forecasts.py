"""The asset of what the plan's levers would do to each value stream."""

from orchestration.defs.ingest.company import OWNER
from orchestration.lib.analysis import Write, analysis_asset
from orchestration.lib.translator import FLOW_FORECASTS

READ = ("fct_flow_item_steps", "fct_flow_steps", "fct_flow_streams", "fct_workshop_steps")


def _write() -> Write:
    from capstream.flow import write_flow_forecasts

    return write_flow_forecasts


flow_forecasts = analysis_asset(
    FLOW_FORECASTS,
    read=READ,
    write=_write,
    owner=OWNER,
    story="Draw finished items whole and pull the levers that are not due yet.",
)
