"""Rows of the rules that sort and place work: kinds of work, value streams, workflow steps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from capstream.company.config import CapstreamConfig
from capstream.company.value_streams import ValueStream
from capstream.company.workflow import Workflow, status_key

Row = dict[str, Any]


def mapping_rows(config: CapstreamConfig) -> dict[str, list[Row]]:
    """Return the rules for activity, category and flow type, and their conditions."""
    rules: list[Row] = []
    conditions: list[Row] = []
    rulesets = (
        ("activity", [(rule, rule.activity) for rule in config.work_types]),
        ("category", [(rule, rule.category) for rule in config.categories]),
        ("flow_type", [(rule, rule.flow_type) for rule in config.flow_types]),
    )
    for ruleset, entries in rulesets:
        for order, (rule, result) in enumerate(entries, start=1):
            restricting = rule.conditions()
            key = {"ruleset": ruleset, "rule_order": order}
            rules.append({**key, "result": result, "condition_count": len(restricting)})
            conditions += [
                {**key, "field": field, "value": value}
                for field, values in restricting.items()
                for value in dict.fromkeys(values)
            ]
    return {"mapping_rules": rules, "mapping_rule_conditions": conditions}


def stream_rule_rows(streams: Sequence[ValueStream]) -> list[Row]:
    """Return the rules of all streams, numbered in file order over all of them."""
    rules = [(stream.value_stream_id, rule) for stream in streams for rule in stream.rules]
    return [
        {
            "rule_order": order,
            "value_stream_id": value_stream_id,
            "component_id": rule.component_id,
            "level": rule.level,
            "match_kind": rule.match_kind,
            "match_field": rule.field,
            "match_value": rule.match_value,
            "path": rule.path,
            "valid_from": rule.valid_from,
            "valid_to": rule.valid_to,
        }
        for order, (value_stream_id, rule) in enumerate(rules, start=1)
    ]


def workflow_rows(workflows: Sequence[Workflow]) -> list[Row]:
    """Return every status of every project; a step without statuses has one row without."""
    return [
        {"project": project, **row}
        for workflow in workflows
        for project in workflow.projects
        for row in _status_rows(workflow)
    ]


def _status_rows(workflow: Workflow) -> Iterator[Row]:
    for order, step in enumerate(workflow.steps, start=1):
        for status in dict.fromkeys(step.statuses) or (None,):
            yield _status(
                status,
                step=step.step,
                step_order=order,
                kind=step.kind,
                from_pull_requests=step.from_pull_requests,
                from_deployments=step.from_deployments,
            )
    for group in ("before", "done", "cancelled"):
        for status in dict.fromkeys(getattr(workflow, group)):
            yield _status(status, kind=group)


def _status(
    status: str | None,
    *,
    kind: str,
    step: str | None = None,
    step_order: int | None = None,
    from_pull_requests: bool = False,
    from_deployments: bool = False,
) -> Row:
    return {
        "status": status,
        "status_key": None if status is None else status_key(status),
        "step": step,
        "step_order": step_order,
        "kind": kind,
        "from_pull_requests": from_pull_requests,
        "from_deployments": from_deployments,
    }
