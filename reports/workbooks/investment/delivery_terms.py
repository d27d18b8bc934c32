"""Definitions of delivery and flow for the glossary."""

from __future__ import annotations

from reports.workbooks.shared.glossary import Term

DELIVERY_TERMS = (
    Term(
        "Change lead time",
        "From authoring a commit to the first successful production deployment that contains it",
        "deployment finished − commit authored",
        "clock h",
        "DORA",
    ),
    Term(
        "Change fail rate",
        "Successful deployments followed by a rollback, or with an incident linked to them",
        "failed ÷ deployments",
        "%",
        "DORA",
    ),
    Term(
        "Rework rate",
        "Deployments that were not planned, or the first success after a failed one",
        "rework ÷ deployments",
        "%",
        "DORA",
    ),
    Term(
        "Recovery",
        "From a failed deployment to the next success or rollback, or the incident resolved",
        "recovered − finished",
        "clock h",
        "DORA, DeployDetail",
    ),
    Term(
        "Lead time of a step",
        "Working time of an item in a step, over all its visits, on the stream's calendar",
        "Σ visits",
        "working h",
        "VSM",
    ),
    Term(
        "Process time",
        "Working time in a step in which work was seen; a step of work without evidence is filled",
        "runs, else entries, else sessions of activity",
        "working h",
        "VSM",
    ),
    Term("Wait", "Lead time that is not process time", "lead − process", "working h", "VSM"),
    Term(
        "C&A",
        "Complete and accurate: items that left a step and did not come back to it, were not sent"
        " back in review, and did not ship in a deployment that failed",
        "1 − returned ÷ left",
        "%",
        "VSM",
    ),
    Term("Rolled C&A", "Chance that an item never comes back", "product of steps", "%", "VSM"),
    Term("Activity ratio", "Flow efficiency", "Σ process ÷ Σ lead", "%", "VSM, Flow"),
    Term("Takt", "Working time per item that arrives", "hours ÷ arrivals", "h", "VSM"),
    Term(
        "Load of a step",
        "Process time that arrivals ask for, over the time of the people seen in the step",
        "arrivals × process ÷ (people × hours)",
        "%",
        "VSM",
    ),
    Term(
        "Little's law",
        "Load that goes with throughput and flow time in a stationary month",
        "throughput × flow time",
        "items",
        "Flow",
    ),
    Term(
        "Reopen rate",
        "Items done in the month that went back to work within thirty days",
        "reopened ÷ done",
        "%",
        "Flow",
    ),
    Term(
        "(gap), (outside the map)",
        "Time of an item in no step; cost of work that is in no step, unlinked or declared",
        "-",
        "-",
        "VSM",
    ),
    Term(
        "Technical debt ratio",
        "Share of engineering cost spent on refactoring, maintenance and removal",
        "debt ÷ cost",
        "%",
        "ValueStreams",
    ),
    Term(
        "Provisional",
        "A measure whose follow-up is not over at data-as-of",
        "-",
        "-",
        "DORA",
    ),
)
