"""What the parts of capstream.yaml say of one another, and of the policies and inputs."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from capstream.company.calendars import is_known_calendar
from capstream.company.config import CapstreamConfig
from capstream.company.cross_checks import cross_problems
from capstream.company.cross_facts import cross_facts
from capstream.company.files import CompanyFiles
from capstream.company.inputs.codes import COUNTRIES, CURRENCIES
from capstream.company.policy_checks import policy_problems
from capstream.company.repetition import repeated
from capstream.company.source_checks import escape_problems, own_file_problems
from capstream.company.stream_checks import stream_problems
from capstream.company.workflow_checks import workflow_problems
from capstream.documents.document import Document, KeyPath
from capstream.documents.wording import suggestion
from capstream.errors import Problem

Check = Callable[[CapstreamConfig, Document], Iterator[Problem]]


def configuration_problems(files: CompanyFiles) -> list[Problem]:
    """Find every contradiction between the files that could be read."""
    problems: list[Problem] = []
    if files.config is not None:
        config, document = files.config
        for check in _CHECKS:
            problems += check(config, document)
    problems += own_file_problems(files.root)
    problems += escape_problems(files)
    problems += policy_problems(files)
    problems += stream_problems(files)
    problems += workflow_problems(files)
    facts = cross_facts(files)
    if facts is not None:
        problems += cross_problems(files.inputs, facts)
    return problems


def _entities(config: CapstreamConfig, document: Document) -> Iterator[Problem]:
    names = [entry.entity for entry in config.entities]
    yield from repeated(names, document, lambda i: ("entities", i, "entity"), "keep one of them")
    for index, entry in enumerate(config.entities):
        if entry.country not in COUNTRIES:
            message = f"{entry.country} is not an ISO 3166 country"
            remedy = "write a code such as US or DE"
            yield document.problem(("entities", index, "country"), message, remedy)


def _currencies(config: CapstreamConfig, document: Document) -> Iterator[Problem]:
    places: list[tuple[KeyPath, str]] = [
        (("company", "reporting_currency"), config.company.reporting_currency)
    ]
    for index, entry in enumerate(config.entities):
        places.append((("entities", index, "functional_currency"), entry.functional_currency))
    for place, currency in places:
        if currency not in CURRENCIES:
            message = f"{currency} is not an ISO 4217 currency"
            yield document.problem(place, message, "write a code such as USD")


def _source_names(config: CapstreamConfig, document: Document) -> Iterator[Problem]:
    names = [source.name for source in config.sources]
    yield from repeated(
        names, document, lambda i: ("sources", i, "name"), "give each source its own name"
    )


def _calendars(config: CapstreamConfig, document: Document) -> Iterator[Problem]:
    names = [entry.calendar for entry in config.calendars]
    yield from repeated(
        names, document, lambda i: ("calendars", i, "calendar"), "merge the two entries"
    )
    for index, name in enumerate(names):
        if not is_known_calendar(name):
            message = f"{name} is not a country or subdivision with known holidays"
            remedy = "write an ISO code such as US, DE or DE-BY"
            yield document.problem(("calendars", index, "calendar"), message, remedy)


def _roles(config: CapstreamConfig, document: Document) -> Iterator[Problem]:
    prepare = {name.casefold() for name in config.roles.prepare}
    approve = {name.casefold() for name in config.roles.approve}
    if len(prepare | approve) == 1:
        message = "the same person alone prepares and approves"
        yield document.problem(("roles", "approve"), message, "name a second person")


def _mapping_order(config: CapstreamConfig, document: Document) -> Iterator[Problem]:
    for key in ("work_types", "categories", "flow_types"):
        rules = getattr(config, key)
        for index, rule in enumerate(rules[:-1]):
            if not rule.conditions():
                message = "the rule always holds, so those after it never do"
                yield document.problem((key, index), message, "move it to the end")


def _journals(config: CapstreamConfig, document: Document) -> Iterator[Problem]:
    known = [entry.entity for entry in config.entities]
    served: dict[tuple[str, str], int] = {}
    accounts: dict[tuple[str, str], str] = {}
    for index, target in enumerate(config.journals):
        for position, entity in enumerate(target.entities):
            place: KeyPath = ("journals", index, "entities", position)
            if entity not in known:
                message = f"entity {entity} is not among entities"
                yield document.problem(place, message, suggestion(entity, known))
            if (target.format, entity) in served:
                message = f"{target.format} already serves entity {entity}"
                yield document.problem(place, message, "name it in one entry for each format")
            served[target.format, entity] = index
            for key, account in target.accounts.items():
                if accounts.setdefault((entity, key), account) != account:
                    message = f"account {key} of {entity} is {accounts[entity, key]} above"
                    yield document.problem(
                        ("journals", index, "accounts", key), message, "write the same account"
                    )


_CHECKS: tuple[Check, ...] = (
    _entities,
    _currencies,
    _source_names,
    _calendars,
    _roles,
    _mapping_order,
    _journals,
)
