"""What `policies` of capstream.yaml and the policy files say of one another."""

from __future__ import annotations

from collections.abc import Iterator

from capstream.company.config import CapstreamConfig
from capstream.company.files import CompanyFiles
from capstream.documents.document import Document, KeyPath
from capstream.documents.wording import suggestion
from capstream.errors import Problem
from capstream.policy import LoadedPolicy


def policy_problems(files: CompanyFiles) -> Iterator[Problem]:
    """Find assignments that lead nowhere, and rules about things that do not exist."""
    if files.config is not None:
        config, document = files.config
        yield from _assignments(config, document, files.policies)
        yield from _uncovered_entities(config, document)
        yield from _repeated_assignments(config, document)
    yield from _unknown_ids(files)


def _assignments(
    config: CapstreamConfig, document: Document, policies: dict[str, LoadedPolicy]
) -> Iterator[Problem]:
    entities = [entry.entity for entry in config.entities]
    for index, entry in enumerate(config.policies):
        place: KeyPath = ("policies", index)
        if entry.entity is not None and entry.entity not in entities:
            message = f"entity {entry.entity} is not among entities"
            remedy = suggestion(entry.entity, entities)
            yield document.problem((*place, "entity"), message, remedy)
        loaded = policies.get(entry.policy)
        if loaded is None:
            message = f"policy {entry.policy} has no sound file policies/{entry.policy}.yaml"
            remedy = suggestion(entry.policy, sorted(policies))
            yield document.problem((*place, "policy"), message, remedy)
        elif max(entry.from_month, config.company.first_month).last_day < (
            loaded.policy.effective_from
        ):
            message = (
                f"policy {entry.policy} is assigned from {entry.from_month}, "
                f"but effective from {loaded.policy.effective_from}"
            )
            remedy = "assign it later or correct effective_from in the policy"
            yield document.problem((*place, "from"), message, remedy)


def _uncovered_entities(config: CapstreamConfig, document: Document) -> Iterator[Problem]:
    first = config.company.first_month
    for index, entry in enumerate(config.entities):
        covering = (
            assignment
            for assignment in config.policies
            if assignment.entity in {None, entry.entity} and assignment.from_month <= first
        )
        if next(covering, None) is None:
            message = f"entity {entry.entity} has no policy in first_month {first}"
            remedy = f"add to policies: {{policy: …, from: {first}, entity: {entry.entity}}}"
            yield document.problem(("entities", index, "entity"), message, remedy)


def _repeated_assignments(config: CapstreamConfig, document: Document) -> Iterator[Problem]:
    seen: dict[tuple[str | None, str], int] = {}
    for index, entry in enumerate(config.policies):
        first = seen.setdefault((entry.entity, str(entry.from_month)), index)
        if first != index:
            line = document.line(("policies", first, "policy"))
            message = f"line {line} assigns another policy from the same month"
            yield document.problem(("policies", index, "from"), message, "keep one of them")


def _unknown_ids(files: CompanyFiles) -> Iterator[Problem]:
    components = set(files.inputs.tables["components"].column("component_id").to_pylist())
    known: dict[str, set[str]] = {"component_id": components | {"NONE"}}
    if files.value_streams is not None:
        streams = {entry.value_stream_id for entry in files.value_streams[0].value_streams}
        known["value_stream_id"] = streams | {"NONE"}
    for loaded in files.policies.values():
        for index, rule in enumerate(loaded.policy.rules):
            for field, values in rule.when.values().items():
                for value in values:
                    if field in known and value not in known[field]:
                        place = ("rules", index, "when", field)
                        remedy = suggestion(value, sorted(known[field]))
                        message = f"{field} {value} does not exist"
                        yield loaded.document.problem(place, message, remedy)
