"""The investment workbook: its sheets in reading order."""

from __future__ import annotations

from reports.formulas import Named, Plus, Total
from reports.spec import Workbook
from reports.workbooks.investment.bottlenecks import CAUSES, WAITS, bottlenecks
from reports.workbooks.investment.delivery_terms import DELIVERY_TERMS
from reports.workbooks.investment.deploy_detail import deploy_detail
from reports.workbooks.investment.dora import SERVICES, dora, services_measured
from reports.workbooks.investment.flow import DISTRIBUTION, FLOW, flow
from reports.workbooks.investment.future_state import future_state
from reports.workbooks.investment.investment import CATEGORIES, INVESTMENT, investment
from reports.workbooks.investment.pr_flow import pr_flow
from reports.workbooks.investment.readiness import READINESS, readiness
from reports.workbooks.investment.streams import mapped_streams
from reports.workbooks.investment.summary import headlines, story, summary
from reports.workbooks.investment.survey import survey
from reports.workbooks.investment.value_streams import STREAMS, value_streams
from reports.workbooks.investment.vsm import vsm_checks, vsm_sheet
from reports.workbooks.shared.assumptions import assumptions
from reports.workbooks.shared.checks import Check, checks_sheet
from reports.workbooks.shared.cover import cover
from reports.workbooks.shared.facts import Facts
from reports.workbooks.shared.glossary import Term, glossary
from reports.workbooks.shared.ipe import ipe

TITLE = "Engineering investment"

TERMS = (
    Term(
        "Category",
        "Kind of investment: new capability, enhancement, support, keep the lights "
        "on, productivity",
        "by the mapping of activities",
        "text",
        "capstream.yaml, categories",
    ),
    Term(
        "Share of stream",
        "A category's part of its value stream's cost",
        "cost ÷ cost of the stream",
        "%",
        "Investment",
    ),
    Term(
        "Gap to target",
        "Share of stream less its target",
        "(share − target) × 100",
        "points",
        "Investment",
    ),
    Term(
        "Cost per finished item",
        "Cost of the month by items finished in it; items differ in size",
        "cost ÷ finished items",
        "reporting currency",
        "ValueStreams",
    ),
    Term(
        "other, OTHER",
        "Cells of fewer than five people, with the next smallest beside them, so "
        "that totals do not reveal them",
        "-",
        "-",
        "Investment",
    ),
)


def investment_workbook(facts: Facts) -> Workbook:
    """Describe the workbook."""
    found = headlines(facts)
    streams = mapped_streams(facts)
    sheets = (
        summary(facts),
        investment(facts),
        value_streams(facts),
        dora(facts, "4"),
        deploy_detail(facts, "5"),
        flow(facts, "6"),
        *(
            vsm_sheet(facts, stream, f"7.{number}")
            for number, stream in enumerate(streams, start=1)
        ),
        future_state(facts, streams, "8"),
        bottlenecks(facts, "9"),
        survey(facts, "10"),
        pr_flow(facts, "11"),
        readiness(facts, "12"),
        assumptions(facts, "13"),
        ipe(facts, "14"),
        checks_sheet(facts, "15", (*_checks(facts), *vsm_checks(facts, streams)), found),
        glossary((*TERMS, *DELIVERY_TERMS), "16"),
    )
    return Workbook(
        "investment",
        f"{TITLE} {facts.stamp.month}",
        f"Period {facts.stamp.month}",
        facts.stamp,
        (cover(facts, TITLE, sheets, found, story(facts)), *sheets),
        link_hosts=frozenset(facts.rows("rpt_shared__link_hosts").texts("host")),
    )


def _checks(facts: Facts) -> tuple[Check, ...]:
    return (
        Check(
            "STREAM-COST",
            "Investment",
            "cost on ValueStreams = Investment",
            Total(STREAMS, "cost"),
            Total(INVESTMENT, "cost"),
            "ValueStreams",
        ),
        Check(
            "STREAM-HOURS",
            "Investment",
            "hours on ValueStreams = Investment",
            Total(STREAMS, "hours"),
            Total(INVESTMENT, "hours"),
            "ValueStreams",
        ),
        Check(
            "CATEGORY-COST",
            "Investment",
            "cost by category = headline on Summary",
            Total(CATEGORIES, "cost"),
            Named("out_cost"),
            "Investment",
        ),
        Check(
            "DORA-DEPLOYMENTS",
            "Delivery",
            "deployments counted on DeployDetail = the month's measures of all services",
            Total(SERVICES, "deployments"),
            services_measured(facts, "deployments"),
            "DORA",
        ),
        Check(
            "DORA-FAILED",
            "Delivery",
            "failed deployments counted on DeployDetail = the month's measures of all services",
            Total(SERVICES, "failed"),
            services_measured(facts, "failed"),
            "DORA",
        ),
        Check(
            "FLOW-DISTRIBUTION",
            "Flow",
            "items by flow type = velocity of all streams",
            Total(DISTRIBUTION, "items"),
            Total(FLOW, "velocity"),
            "Flow",
        ),
        Check(
            "WAIT-CAUSES",
            "Flow",
            "hours of all causes of waiting = hours lost in all steps",
            Plus(tuple(Total(WAITS, cause) for cause in CAUSES)),
            Total(WAITS, "lost"),
            "Bottlenecks",
        ),
        Check(
            "READINESS-ITEMS",
            "Flow",
            "finished items on Readiness = velocity of all streams",
            Total(READINESS, "finished"),
            Total(FLOW, "velocity"),
            "Readiness",
        ),
    )
