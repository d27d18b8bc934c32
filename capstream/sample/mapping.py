"""The sample's value_streams.yaml: epics, labels, fields and projects mapped to components."""

from __future__ import annotations

from capstream.sample.company_plan import VALUE_STREAMS
from capstream.sample.component_plan import Component
from capstream.sample.jira_vocabulary import COMPONENT_FIELD
from capstream.sample.records import Traces
from capstream.sample.world import World

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
    if component.link == "epic":
        return []
    if component.link == "wallet":
        return [f"{{component: wallet, {target}}}"]
    if component.link == "Loyalty":
        return [f"{{field: {COMPONENT_FIELD}, value: Loyalty, {target}, from: 2026-08}}"]
    return [f"{{label: {component.link}, {target}, from: 2026-07}}"]
