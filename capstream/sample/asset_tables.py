"""Input tables about what is built: components, gates, opening balances, declared shares."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from capstream.sample.company_plan import CURRENCIES, FIRST_MONTH, Team
from capstream.sample.component_plan import START_GATES, Component, components_of
from capstream.sample.files import Row, write_csv
from capstream.sample.roster import Person
from capstream.sample.working_time import moment
from capstream.sample.world import World
from capstream.types import Month

CONTROLLER = "Ines Calloway"
DIRECTOR = "Robert Thistlewood"
PAGES = "https://pages.northlight.example"
_COMPONENTS = (
    "component_id,name,value_stream_id,entity,parent_component_id,adds_functionality,"
    "functionality_note,asset_class,life_months,convention,scope,depends_on,budget"
)
_GATES = "component_id,gate,subject,effective_date,recorded_at,recorded_by,evidence_url,note"
_OPENING = (
    "component_id,month,cip_amount,gross_amount,accumulated_amount,ready_date,"
    "remaining_months,currency"
)
_DECLARED = "month,person_id,team,component_id,value_stream_id,share"
_LATE_GATE = "CAT-RANK"
"""The component whose authorisation was recorded six weeks late."""
_UNAPPROVED = Month(2026, 5)
"""The month in which the Catalog designer's shares were never approved."""


def write_asset_tables(world: World, folder: Path) -> None:
    """Write components, gates, opening_balances and declared_allocations."""
    owned = [(team, component) for team in world.teams for component in components_of(team)]
    write_csv(folder / "components.csv", _COMPONENTS, [_component(t, c) for t, c in owned])
    gates = [gate for _, component in owned for gate in _gates(component, world.horizon)]
    write_csv(folder / "gates.csv", _GATES, gates)
    balances = [_opening(team, c) for team, c in owned if c.opening_cip or c.opening_gross]
    write_csv(folder / "opening_balances.csv", _OPENING, balances)
    declared = [row for month in world.months for row in _declared(world, month)]
    columns = f"{_DECLARED},declared_by,approved_by"
    write_csv(folder / "declared_allocations.csv", columns, declared)


def _component(team: Team, component: Component) -> Row:
    is_enhancement = bool(component.parent)
    return (
        component.component_id,
        component.name,
        team.value_stream,
        team.entity,
        component.parent,
        "true" if is_enhancement else "false",
        "Guests could not use it before" if is_enhancement else None,
        "software",
        component.life_months,
        component.convention,
        component.scope,
        component.depends_on,
        component.budget,
    )


def _gates(component: Component, horizon: datetime) -> list[Row]:
    dated = [(gate, subject, on) for gate, subject, on in component.other_gates]
    if component.authorised is not None:
        lead = timedelta(days=4)
        dated += [
            (gate, "", component.authorised - lead * (len(START_GATES) - 1 - place) // 3)
            for place, gate in enumerate(START_GATES)
        ]
    elif not component.is_live_from_start:
        dated += [(gate, "", date(2025, 10, 20)) for gate in ("authorised", "funding_committed")]
    if component.ready is not None:
        dated.append(("substantially_complete", "", component.ready))
    rows = [_gate(component, *gate) for gate in sorted(dated, key=lambda g: (g[2], g[0]))]
    return [row for row in rows if datetime.fromisoformat(str(row[4])) < horizon]


def _gate(component: Component, gate: str, subject: str, on: date) -> Row:
    is_late = component.component_id == _LATE_GATE and gate == "authorised"
    recorded = moment(on + timedelta(days=42 if is_late else 1), 15.5, "UTC")
    return (
        component.component_id,
        gate,
        subject,
        on,
        recorded.isoformat(),
        CONTROLLER,
        f"{PAGES}/decisions/{component.component_id.lower()}/{gate}",
        "minutes found late" if is_late else None,
    )


def _opening(team: Team, component: Component) -> Row:
    """Carry a balance over: straight-line from the month of readiness to the books' start."""
    accumulated, remaining = Decimal("0.00"), None
    if component.ready_before is not None:
        ready = component.ready_before
        elapsed = (FIRST_MONTH.year - ready.year) * 12 + FIRST_MONTH.number - ready.month
        remaining = component.life_months - elapsed
        charged = component.opening_gross * elapsed / component.life_months
        accumulated = charged.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    return (
        component.component_id,
        FIRST_MONTH,
        component.opening_cip,
        component.opening_gross,
        accumulated,
        component.ready_before,
        remaining,
        CURRENCIES[team.entity],
    )


def _declared(world: World, month: Month) -> list[Row]:
    """Return what managers, product people and designers declare for a month."""
    rows: list[Row] = []
    middle = month.first_day + timedelta(days=14)
    for person in world.people:
        spell = person.spell(middle)
        if person.role_class in ("manager", "product", "designer") and spell.covers(middle):
            rows += _shares(person, spell.team, month, middle)
    return rows


def _shares(person: Person, team: Team, month: Month, middle: date) -> list[Row]:
    built = [c for c in components_of(team) if c.is_under_construction(middle)]
    for_components = Decimal("0.30") if person.role_class == "manager" else Decimal("0.60")
    for_stream = Decimal("0.40") if person.role_class == "manager" else Decimal("0.20")
    by, approver = person.person_id, person.manager_id or DIRECTOR
    if month == _UNAPPROVED and person.role_class == "designer" and team.prefix == "CAT":
        approver = ""
    rows: list[Row] = []
    for component in built:
        share = (for_components / len(built)).quantize(Decimal("0.01"))
        rows.append(
            (month, person.person_id, None, component.component_id, None, share, by, approver)
        )
    stream = team.value_stream
    rows.append((month, person.person_id, None, None, stream, for_stream, by, approver))
    return rows
