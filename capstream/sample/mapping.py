"""The sample's value_streams.yaml: epics, labels, fields and projects mapped to components."""

from __future__ import annotations

from capstream.sample.company_plan import FIRST_MONTH, VALUE_STREAMS
from capstream.sample.component_plan import Component
from capstream.sample.jira_vocabulary import COMPONENT_FIELD
from capstream.sample.records import Traces
from capstream.sample.world import World
from capstream.types import Month

_HEAD = """\
# Which work belongs to which value stream and component. The most specific rule wins: the item
# itself, its labels, fields and tracker components, its epic, its project, the repository, the
# team. Work that no rule gives a component is expense.
value_streams:
"""


def value_streams_text(world: World) -> str:
    """Return the file; the epics' keys are known only after the simulation."""
    blocks = []
    for stream_id, (name, owner) in VALUE_STREAMS.items():
        traces = [t for t in world.traces if t.team.value_stream == stream_id]
        if traces:
            rules = [line for trace in traces for line in _rules(trace)]
            head = f"  - value_stream_id: {stream_id}\n    name: {name}\n    owner: {owner}\n"
            blocks.append(f"{head}    rules:\n" + "".join(f"      - {rule}\n" for rule in rules))
    return _HEAD + "\n".join(blocks)


def _rules(traces: Traces) -> list[str]:
    team = traces.team
    rules = []
    for component in _components(traces):
        rules += _links(component)
        rules += [
            f"{{epic: {item.key}, component_id: {component.component_id}}}"
            for item in traces.items
            if item.first["item_type"] == "Epic" and item.component is component
        ]
    rules.append(f"{{project: {team.prefix}}}")
    rules += [
        f'{{repository: {team.repository}, path: "services/{component.suffix.lower()}/**", '
        f"component_id: {component.component_id}}}"
        for component in _components(traces)
        if component.is_live_from_start
    ]
    rules.append(f"{{repository: {team.repository}}}")
    rules.append(f"{{team: {team.name}}}")
    return rules


def _components(traces: Traces) -> list[Component]:
    found: dict[str, Component] = {}
    for item in traces.items:
        if item.component is not None:
            found.setdefault(item.component.component_id, item.component)
    return list(found.values())


def _links(component: Component) -> list[str]:
    target = f"component_id: {component.component_id}"
    if component.link_kind == "epic":
        return []
    if component.link_kind == "component":
        return [f"{{component: {component.link}, {target}}}"]
    since = f"from: {_month_before(component)}"
    if component.link_kind == "field":
        found = f"field: {COMPONENT_FIELD}, value: {component.link}"
        return [f"{{{found}, {target}, {since}}}"]
    return [f"{{label: {component.link}, {target}, {since}}}"]


def _month_before(component: Component) -> Month:
    """Return the month before the money was authorised: work starts a little early."""
    authorised = component.authorised or FIRST_MONTH.first_day
    return Month(authorised.year, authorised.month).plus(-1)
