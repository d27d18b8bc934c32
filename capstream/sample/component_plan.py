"""What the sample company builds: its components, their gates and opening balances.

Each component carries the dates of its own story: when money was authorised, when it was put
in service (in the middle of a month, as happens), when it was suspended. Work follows the
dates, and sometimes starts before them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from capstream.sample.company_plan import Team

START_GATES = ("alternatives_closed", "authorised", "funding_committed", "probable_to_complete")


@dataclass(frozen=True, slots=True)
class Component:
    """A unit of account and its dates.

    Attributes:
        link_kind: How the tracker shows that work belongs to it: by `epic`, `label`, tracker
            `component` or custom `field`.
        link: The label, tracker component or field value.
        authorised: Day on which the last start gate holds; None while one is missing.
        ready: Day on which it is substantially complete.
        other_gates: Further gates as (gate, subject, day).
        opening_cip: Work in progress carried over from the previous system.
        opening_gross: Cost in service carried over.
        ready_before: Day on which what is carried over was put in service.
    """

    suffix: str
    name: str
    authorised: date | None = None
    ready: date | None = None
    link_kind: str = "epic"
    link: str = ""
    parent: str = ""
    depends_on: str = ""
    life_months: int = 36
    convention: str = "full_month"
    scope: str = "hosted"
    budget: Decimal = Decimal(0)
    opening_cip: Decimal = Decimal(0)
    opening_gross: Decimal = Decimal(0)
    ready_before: date | None = None
    other_gates: tuple[tuple[str, str, date], ...] = ()
    component_id: str = ""

    @property
    def is_live_from_start(self) -> bool:
        """Whether it was in service before the records begin."""
        return self.ready_before is not None

    def is_under_construction(self, day: date) -> bool:
        """Whether people build it that day: from three weeks before the money until it is ready."""
        if self.is_live_from_start or self._is_paused(day):
            return False
        starts = (self.authorised or date(2025, 10, 20)) - timedelta(days=21)
        return starts <= day and (self.ready is None or day < self.ready)

    def is_in_service(self, day: date) -> bool:
        """Whether customers use it that day."""
        return self.is_live_from_start or (self.ready is not None and day >= self.ready)

    def _is_paused(self, day: date) -> bool:
        past = [(on, gate) for gate, _, on in self.other_gates if on <= day]
        return bool(past) and max(past)[1] == "suspended"


def _money(amount: int) -> Decimal:
    return Decimal(amount).quantize(Decimal("0.01"))


_COMPONENTS: dict[str, tuple[Component, ...]] = {
    "CHK": (
        Component(
            "CART", "Cart and checkout", ready_before=date(2024, 5, 1),
            opening_gross=_money(480_000), budget=_money(500_000),
        ),
        Component(
            "ONECLICK", "One-click checkout", date(2025, 6, 16), date(2026, 3, 17),
            opening_cip=_money(96_400), budget=_money(420_000),
        ),
        Component(
            "GUEST", "One-click checkout for guests", date(2026, 4, 20), parent="ONECLICK",
            budget=_money(360_000),
        ),
        Component(
            "GIFT", "Gift cards", date(2026, 8, 3), link_kind="label", link="gift-cards",
            budget=_money(180_000),
        ),
    ),
    "PAY": (
        Component(
            "CORE", "Payment core", ready_before=date(2023, 11, 1), life_months=60,
            opening_gross=_money(650_000), budget=_money(650_000),
        ),
        Component(
            "WALLET", "Wallet payments", date(2025, 10, 13), date(2026, 6, 11),
            link_kind="component", link="wallet", budget=_money(390_000),
        ),
        Component("INSTALMENT", "Pay by instalments", date(2026, 5, 18), budget=_money(340_000)),
    ),
    "CAT": (
        Component(
            "SEARCH", "Catalog search", ready_before=date(2024, 9, 1),
            opening_gross=_money(270_000), budget=_money(280_000),
        ),
        Component(
            "RANK", "Search ranking", date(2025, 9, 15), budget=_money(310_000),
            other_gates=(
                ("suspended", "", date(2026, 5, 6)), ("resumed", "", date(2026, 8, 10)),
            ),
        ),
        Component(
            "MEDIA", "Media library", date(2026, 2, 9), date(2026, 10, 14), convention="mid_month",
            budget=_money(330_000),
        ),
    ),
    "SHP": (
        Component(
            "LABEL", "Shipping labels", ready_before=date(2024, 2, 1),
            opening_gross=_money(190_000), budget=_money(200_000),
        ),
        Component(
            "ROUTE", "Route planner", date(2025, 5, 12), date(2026, 1, 20),
            opening_cip=_money(71_250), budget=_money(240_000), convention="next_month",
        ),
        Component("RETURNS", "Returns portal", date(2026, 2, 9), budget=_money(330_000)),
    ),
    "WHS": (
        Component(
            "PICK", "Guided picking", date(2025, 9, 22), date(2026, 7, 15), budget=_money(280_000),
        ),
        Component("SCAN", "Scanner app", None, budget=_money(120_000)),
        Component(
            "SLOT", "Slot planning", date(2026, 7, 20), depends_on="PICK", budget=_money(150_000),
        ),
    ),
    "INS": (
        Component(
            "REPORT", "Merchant reports", ready_before=date(2024, 11, 1),
            opening_gross=_money(225_000), budget=_money(230_000),
        ),
        Component(
            "FORECAST", "Demand forecast", date(2025, 11, 17), budget=_money(480_000),
            other_gates=(
                ("uncertainty_opened", "forecast error below 12 %", date(2026, 1, 12)),
                ("uncertainty_resolved", "forecast error below 12 %", date(2026, 4, 22)),
            ),
        ),
    ),
    "PLT": (
        Component(
            "DEPLOY", "Deployment pipeline", date(2025, 11, 3), date(2026, 5, 12),
            scope="internal_use", budget=_money(200_000), life_months=48,
        ),
        Component(
            "OBSERVE", "Service observation", date(2026, 6, 22), scope="internal_use",
            budget=_money(140_000), other_gates=(("suspended", "", date(2026, 9, 9)),),
        ),
    ),
    "MOB": (
        Component(
            "APP", "Shopper app", ready_before=date(2025, 3, 1),
            opening_gross=_money(310_000), budget=_money(320_000),
        ),
        Component(
            "SCAN", "Scan and go", date(2025, 12, 8), date(2026, 9, 16), budget=_money(420_000),
        ),
        Component(
            "LOYALTY", "Loyalty", date(2026, 9, 7), link_kind="field", link="Loyalty",
            budget=_money(260_000),
        ),
    ),
}  # fmt: skip


def components_of(team: Team) -> list[Component]:
    """Return the components of a team with their ids filled in."""
    series = team.prefix.removeprefix(team.prefix.rstrip("0123456789"))
    return [
        replace(
            component,
            link=component.link and f"{component.link}{series}",
            component_id=f"{team.prefix}-{component.suffix}",
            parent=component.parent and f"{team.prefix}-{component.parent}",
            depends_on=component.depends_on and f"{team.prefix}-{component.depends_on}",
        )
        for component in _COMPONENTS[team.prefix.rstrip("0123456789")]
    ]
