"""What the rules of value_streams.yaml say of one another and of the components."""

from __future__ import annotations

from collections.abc import Iterator

from capstream.company.files import CompanyFiles
from capstream.company.repetition import repeated
from capstream.company.value_streams import StreamRule, ValueStream
from capstream.documents.document import Document
from capstream.documents.wording import suggestion
from capstream.errors import Problem


def stream_problems(files: CompanyFiles) -> Iterator[Problem]:
    """Find repeated streams, rules that can never match and components that do not exist."""
    if files.value_streams is None:
        return
    model, document = files.value_streams
    ids = [stream.value_stream_id for stream in model.value_streams]
    yield from repeated(
        ids, document, lambda i: ("value_streams", i, "value_stream_id"), "merge the two streams"
    )
    yield from _shadowed_rules(model.value_streams, document)
    components = files.inputs.tables["components"].column("component_id").to_pylist()
    yield from _unknown_components(model.value_streams, document, sorted(set(components)))


def _shadowed_rules(streams: tuple[ValueStream, ...], document: Document) -> Iterator[Problem]:
    seen: dict[tuple[object, ...], int] = {}
    for index, stream in enumerate(streams):
        for position, rule in enumerate(stream.rules):
            place = ("value_streams", index, "rules", position)
            first = seen.setdefault(_matched(rule), document.line(place))
            if first != document.line(place):
                message = f"line {first} matches the same, so this rule never does"
                yield document.problem(place, message, "remove one or bound it with from and to")


def _matched(rule: StreamRule) -> tuple[object, ...]:
    return (
        rule.match_kind,
        rule.field,
        rule.match_value,
        rule.path,
        rule.valid_from,
        rule.valid_to,
    )


def _unknown_components(
    streams: tuple[ValueStream, ...], document: Document, components: list[str]
) -> Iterator[Problem]:
    for index, stream in enumerate(streams):
        for position, rule in enumerate(stream.rules):
            name = rule.component_id
            if name is not None and name not in components and name != "NONE":
                place = ("value_streams", index, "rules", position, "component_id")
                message = f"component {name} is not in inputs/components"
                remedy = "add it there"
                if components:
                    remedy = f"{suggestion(name, components)} Else {remedy}"
                yield document.problem(place, message, remedy)
