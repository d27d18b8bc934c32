"""The sample's configuration, as somebody at the company would have written it."""

from __future__ import annotations

from pathlib import Path

from capstream.sample.files import write_text
from capstream.sample.mapping import value_streams_text
from capstream.sample.world import World

CAPSTREAM_YAML = """\
# Northlight Works, a company that does not exist: every person and amount here is invented.
schema_version: 1

company:
  name: Northlight Works
  reporting_currency: USD
  timezone: America/New_York
  fiscal_year_start_month: 1
  hours_per_day: 8
  first_month: {first_month}              # the books start here; opening_balances belong to it

entities:
  - {{entity: US01, name: Northlight Works Inc., functional_currency: USD, country: US}}
  - {{entity: DE01, name: Northlight Works GmbH, functional_currency: EUR, country: DE}}

# Public holidays come from the library; only what differs is written down.
calendars:
  - {{calendar: US-MA, closures: [{closures}]}}
  - {{calendar: DE-BE, closures: [{closures}]}}
  - {{calendar: DE-BY, closures: [{closures}]}}

sources:
  - {{name: tracker, kind: jira, mode: files, path: "sources/jira/*.jsonl*", timezone: UTC,
     points_field: customfield_10016}}
  - {{name: forge, kind: github, mode: files, path: "sources/github/*.jsonl*", deployments: status_events}}
  - {{name: code, kind: git, mode: files, path: "sources/git/*.parquet"}}
  - {{name: operations, kind: tables, path: sources/tables}}       # incidents, from the duty roster
sources_max_rejected_share: 0.01

attribution:
  hours_denominator: productive       # leave follows the worked mix
  unlinked_code: lend                 # code without a key goes to its author's open items, tier T1b
  declared_first: [manager, product, designer]
  trusted_worklogs: people            # the time app logs too, but maps to nobody
  presence: {{code: 1.0, tracker: 0.5, review: 0.15, merge: 0.15}}
  nearest_days: 3
  stale: {{half_life_days: 5, end_days: 15}}
  max_unmatched_share: 0.05

policies:
  - {{policy: us_350_40_legacy, from: {first_month}}}

work_types:                           # first match wins
  - {{label: training, activity: training}}
  - {{label: maintenance, activity: maintenance}}
  - {{label: refactoring, activity: refactoring}}
  - {{item_type: Bug, activity: defect}}
  - {{item_type: Spike, activity: spike}}
  - {{item_type: "*", activity: development}}

categories:                           # what the money was for; first match wins
  - {{activity: [defect, support], category: support}}
  - {{activity: maintenance, category: keep_the_lights_on}}
  - {{activity: [training, refactoring], category: productivity}}
  - {{activity: spike, category: new_capability}}
  - {{item_type: [Story, Epic, Sub-task], category: new_capability}}
  - {{item_type: Task, category: enhancement}}
  - {{item_type: "*", category: keep_the_lights_on}}

flow_types:
  - {{item_type: Bug, flow_type: defect}}
  - {{label: [maintenance, refactoring], flow_type: debt}}
  - {{item_type: "*", flow_type: feature}}

journals:
  - {{format: netsuite, entities: [US01], subsidiary: Northlight Works Inc., accounts: {{cip: "1560", gross: "1570"}}}}
  - {{format: dynamics_365, entities: [DE01]}}

reporting: {{tolerance: 0.00, materiality: 5000.00, person_names: pseudonym}}
roles: {{prepare: [Ines Calloway], approve: [Robert Thistlewood]}}
delivery: {{production: [production], failure_window_hours: 24}}
"""  # noqa: E501 - one entry a line is how the file is meant to be read

WORKFLOW_YAML = """\
# What the tracker's statuses mean. A step is work (somebody is on it) or a wait (a queue).
workflows:
  - projects: ["*"]
    steps:
      - {step: Ready, kind: wait, statuses: [Ready]}
      - {step: Dev, kind: work, statuses: [In Progress, Reopened]}
      - {step: Review, kind: work, statuses: [In Review], from_pull_requests: true}
      - {step: Test, kind: work, statuses: [Testing]}
      - {step: Deploy, kind: wait, statuses: [Ready to Deploy], from_deployments: true}
    before: [Backlog]                       # not yet in the stream
    done: [Done, Closed]                    # Payments says Closed since January
    cancelled: ["Won't Do"]
"""


def write_configuration(world: World, root: Path) -> None:
    """Write capstream.yaml, value_streams.yaml and workflow.yaml."""
    years = sorted({month.year for month in world.months})
    text = CAPSTREAM_YAML.format(
        first_month=world.months[0], closures=", ".join(f"{year}-12-24" for year in years)
    )
    write_text(root / "capstream.yaml", text)
    write_text(root / "value_streams.yaml", value_streams_text(world))
    write_text(root / "workflow.yaml", WORKFLOW_YAML)
