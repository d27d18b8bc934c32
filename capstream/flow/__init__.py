"""Delivery and flow outside the models: walks over commit graphs, simulation of streams."""

from capstream.flow.ancestry import Shipment, first_containing, write_first_deployments
from capstream.flow.commit_graph import Release
from capstream.flow.forecasts import write_flow_forecasts
from capstream.flow.queueing import Feasibility, wait_feasibility, work_in_progress_limit
from capstream.flow.simulation import (
    FlowHistory,
    Forecast,
    Lever,
    LeverKind,
    lead_hours_after,
    simulate,
)

__all__ = [
    "Feasibility",
    "FlowHistory",
    "Forecast",
    "Lever",
    "LeverKind",
    "Release",
    "Shipment",
    "first_containing",
    "lead_hours_after",
    "simulate",
    "wait_feasibility",
    "work_in_progress_limit",
    "write_first_deployments",
    "write_flow_forecasts",
]
