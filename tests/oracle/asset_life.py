"""The whole life of an asset in plain Decimal, month by month, written from the accounting page.

Windows are walked day by day, balances month by month; nothing of the warehouse's segments, units
or windows is used. Amounts are minor units of a currency with two decimals.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby

from tests.oracle.amortisation import curve, plus_months
from tests.oracle.arithmetic import rounded, shared


@dataclass(frozen=True)
class Window:
    """What opens a policy's window, what makes ready, what stops and what resumes."""

    start: Sequence[str]
    ready: str = "substantially_complete"
    stops: Sequence[str] = ("suspended", "abandoned", "disposed")
    resumes: Sequence[str] = ("resumed",)


US = ("authorised", "funding_committed", "probable_to_complete")
WINDOWS: Mapping[str, Window] = {
    "us_350_40_legacy": Window(("alternatives_closed", *US)),
    "us_350_40_asu2025_06": Window(US),
    "us_985_20": Window(("technological_feasibility",), "general_release"),
    "ifrs_ias38": Window(("ias38_all_six_met",)),
    "uk_frs102_capitalise": Window(("ias38_all_six_met",)),
    "uk_frs102_expense": Window((), stops=("abandoned", "disposed"), resumes=()),
    "mgmt_view": Window((), stops=("disposed",), resumes=()),
}


@dataclass(frozen=True)
class Gate:
    """A gate as the register holds it."""

    gate: str
    on: date
    recorded: date
    subject: str = ""


@dataclass(frozen=True)
class Happening:
    """An asset event: amounts in minor units."""

    event: str
    on: date
    amount: int = 0
    proceeds: int = 0
    months: int = 0
    current: int = 0
    future: int = 0


@dataclass(frozen=True)
class TrueUp:
    """Cost that an approved true-up adds in a month, in minor units."""

    month: date
    cost: int


@dataclass(frozen=True)
class Component:
    """Everything that is recorded about one component of one entity."""

    name: str
    policy: str
    months: int
    convention: str
    gates: Sequence[Gate] = ()
    work: Mapping[date, tuple[int, Mapping[date, int]]] = field(default_factory=dict)
    licences: Mapping[date, int] = field(default_factory=dict)
    happenings: Sequence[Happening] = ()
    needs: Sequence[str] = ()
    opening: tuple[int, int, int, date | None, int | None] | None = None
    true_ups: Sequence[TrueUp] = ()


@dataclass(frozen=True)
class Books:
    """The frame: first and last month, what was known when, the fiscal year."""

    first: date
    run: date
    known: date
    fiscal_start: int


Movements = dict[tuple[date, str, str], int]


class Timeline:
    """When the component may be capitalised, is ready, and ends."""

    def __init__(self, component: Component, books: Books) -> None:
        self.component, self.books = component, books
        known = [gate for gate in component.gates if gate.recorded <= books.known]
        self.once: dict[str, date] = {}
        for gate in sorted(known, key=lambda gate: (gate.recorded, gate.on)):
            self.once[gate.gate] = gate.on
        self.known = known
        self.ready = self._ready()

    def is_open(self, day: date) -> str:
        """Return the state of the window on a day."""
        window = WINDOWS[self.component.policy]
        if self.ready is not None and self.ready <= day:
            return "closed"
        stopped = self._days(window.stops, day)
        if stopped and max(stopped) > max(self._days(window.resumes, day), default=_LONG_AGO):
            return "closed"
        if any(self.once.get(gate, _NEVER) > day for gate in window.start):
            return "none"
        if self.component.policy == "us_350_40_asu2025_06" and self._is_uncertain(day):
            return "none"
        return "open"

    def _ready(self) -> date | None:
        gate = self.once.get(WINDOWS[self.component.policy].ready)
        opening = self.component.opening
        taken = None
        if opening and opening[1]:
            taken = opening[3] or self.books.first
        return min((day for day in (gate, taken) if day), default=None)

    def _days(self, gates: Sequence[str], day: date) -> list[date]:
        """Return the days of gates passed by a day: of those passed once, the day that counts."""
        days = [self.once[gate] for gate in gates if gate in self.once and gate not in _REPEATED]
        days += [
            known.on for known in self.known if known.gate in _REPEATED and known.gate in gates
        ]
        return [on for on in days if on <= day]

    def _is_uncertain(self, day: date) -> bool:
        for subject in {gate.subject for gate in self.known if gate.subject}:
            of = [gate for gate in self.known if gate.subject == subject and gate.on <= day]
            opened = [gate.on for gate in of if gate.gate == "uncertainty_opened"]
            resolved = [gate.on for gate in of if gate.gate == "uncertainty_resolved"]
            if opened and max(opened) > max(resolved, default=_LONG_AGO):
                return True
        return False

    def capitalised(self, month: date) -> int:
        """Return what of the month's cost is capitalised: work by minutes, licences by days."""
        policy = self.component.policy
        if policy == "uk_frs102_expense":
            return 0
        days = _days_of(month)
        stretches = [(state, list(group)) for state, group in groupby(days, key=self.is_open)]
        cost, minutes = self.component.work.get(month, (0, {}))
        worked = {group[0]: sum(minutes.get(day, 0) for day in group) for _, group in stretches}
        lent = {group[0]: len(group) for _, group in stretches}
        states = {group[0]: state for state, group in stretches}
        parts = shared(cost, worked)
        total = sum(
            part for first, part in parts.items()
            if policy == "mgmt_view" or states[first] == "open"
        )  # fmt: skip
        if policy != "mgmt_view":
            licences = shared(self.component.licences.get(month, 0), lent)
            total += sum(part for first, part in licences.items() if states[first] == "open")
        return total


_NEVER, _LONG_AGO = date(9999, 12, 31), date(1900, 1, 1)
_REPEATED = {"suspended", "resumed"}


class Life:
    """The balances of one component, month by month."""

    def __init__(
        self, component: Component, books: Books, timelines: Mapping[str, Timeline]
    ) -> None:
        self.component, self.books = component, books
        self.time = timelines[component.name]
        self.start = self._amortisation_start(timelines)
        self.moved: Movements = defaultdict(int)
        self.cip = self.gross = self.accumulated = 0
        self.is_curved = False
        self.base = self.charged = 0
        self.before = Fraction(0)
        self.mode: tuple[Fraction, date, int] | None = None

    def walk(self) -> Movements:
        """Return every movement, by month, balance and kind; zeros left out."""
        self._open()
        month = self.books.first
        while month <= self.books.run:
            self._book_month(month)
            month = plus_months(month, 1)
        return {key: amount for key, amount in self.moved.items() if amount}

    def schedule(self) -> dict[date, int]:
        """Return the charges after the last month of the books, once it was walked."""
        charges: dict[date, int] = {}
        month = plus_months(self.books.run, 1)
        while self.base > self.charged and self.is_curved:
            self._turn_of_year(month)
            charges[month] = self._charge(month)
            month = plus_months(month, 1)
        return {month: charge for month, charge in charges.items() if charge}

    def _amortisation_start(self, timelines: Mapping[str, Timeline]) -> date | None:
        days = [self.time.ready, *(timelines[name].ready for name in self.component.needs)]
        if any(day is None or day > _last(self.books.run) for day in days):
            return None
        return max(day for day in days if day)

    def _open(self) -> None:
        if not self.component.opening:
            return
        cip, gross, accumulated, ready, remaining = self.component.opening
        self.cip = self._book(self.books.first, "cip", "opening", cip)
        self.gross = self._book(self.books.first, "gross", "opening", gross)
        self.accumulated = self._book(self.books.first, "accumulated", "opening", accumulated)
        if gross:
            run_off = self.component.months - (_count(ready or self.books.first, self.books.first))
            left = run_off if remaining is None and ready is not None else remaining
            left = self.component.months if left is None else left
            self._curve_from(self.books.first, max(left, 1), "full_month")
            self.base = gross - accumulated

    def _book_month(self, month: date) -> None:
        placed = self.time.ready is not None and _month(self.time.ready) <= month
        if month > self.books.first:
            for balance in ("cip", "gross", "accumulated"):
                self._book(month, balance, "opening", getattr(self, balance))
        self._turn_of_year(month)
        self.cip += self._book(month, "cip", "addition", self.time.capitalised(month))
        share = Fraction(self.accumulated, self.gross) if self.gross else Fraction(0)
        true_up = sum(up.cost for up in self.component.true_ups if up.month == month)
        self.cip += self._book(month, "cip", "true_up", true_up)
        self._lose_unfinished(month, placed)
        self._leave_progress(month, placed)
        if self.start and not self.is_curved and _month(self.start) <= month:
            self._begin(month)
        self._revise(month, placed)
        self._make_up(month, share, true_up)
        self._estimate(month)
        self.accumulated += self._book(month, "accumulated", "amortization", self._charge(month))
        self._lose(month, placed)
        self._end(month, placed)
        for balance in ("cip", "gross", "accumulated"):
            self._book(month, balance, "closing", getattr(self, balance))

    def _lose_unfinished(self, month: date, placed: bool) -> None:
        if placed:
            return
        lost = sum(happening.amount for happening in self._of(month, "impairment"))
        worth = [happening.amount for happening in self._of(month, "net_realizable")]
        if worth:
            lost += max(self.cip - lost - min(worth), 0)
        self.cip += self._book(month, "cip", "impairment", -lost)

    def _leave_progress(self, month: date, placed: bool) -> None:
        abandoned, disposed = (self.time.once.get(gate) for gate in ("abandoned", "disposed"))
        ready = self.time.ready
        kind = ""
        if abandoned and _month(abandoned) == month and (ready is None or abandoned < ready):
            kind = "abandonment"
        elif placed:
            kind = "transfer_to_service"
        elif disposed and _month(disposed) == month:
            kind = "disposal"
        if not kind:
            return
        leaving, self.cip = self.cip, 0
        self._book(month, "cip", kind, -leaving)
        if kind == "transfer_to_service" and leaving:
            self.gross += self._book(month, "gross", kind, leaving)
            self._rebase(self._left() + leaving, month)

    def _begin(self, month: date) -> None:
        assert self.start
        waiting = [
            happening for happening in self.component.happenings
            if happening.event == "life_change" and self.time.ready is not None
            and _month(self.time.ready) <= _month(happening.on) < _month(self.start)
            and self.books.first <= _month(happening.on)
        ]  # fmt: skip
        months = max(waiting, key=lambda one: one.on).months if waiting else self.component.months
        self._curve_from(max(self.start, self.books.first), months, self.component.convention)
        self._rebase(self._left(), month)

    def _revise(self, month: date, placed: bool) -> None:
        for happening in self._of(month, "life_change"):
            if placed and self.is_curved:
                self._curve_from(month, happening.months, "full_month")
                self._rebase(self._left(), month)

    def _make_up(self, month: date, share: Fraction, true_up: int) -> None:
        caught_up = rounded(true_up * share)
        if caught_up:
            self.accumulated += self._book(month, "accumulated", "true_up", caught_up)
            self._rebase(self._left() - caught_up, month)

    def _turn_of_year(self, month: date) -> None:
        """Begin anew at fiscal years that hold an estimate, and after them."""
        if not self.is_curved or month.month != self.books.fiscal_start:
            return
        years = {_year_end(on, self.books.fiscal_start) for on, _ in self._estimates()}
        if {_year_end(month, self.books.fiscal_start), plus_months(month, -1)} & years:
            self.mode = None
            self._rebase(self._left(), month)

    def _estimate(self, month: date) -> None:
        for on, happening in self._estimates():
            if on == month:
                self._choose(month, happening)

    def _choose(self, month: date, happening: Happening) -> None:
        """Take the greater of the year's ratio and the year's straight line."""
        end = _year_end(month, self.books.fiscal_start)
        first = max(plus_months(end, -11), self._first_charge())
        ratio = Fraction(happening.current, happening.current + happening.future)
        count = _count(first, end) + 1
        passed = Fraction(_count(first, self.reset), count) * ratio
        by_ratio = rounded(self.base * (ratio - passed) / (1 - passed))
        straight = self._straight(end)
        self.mode = (ratio, first, count) if by_ratio > straight else None

    def _first_charge(self) -> date:
        opening = self.component.opening
        if opening and opening[1]:
            return self.books.first
        assert self.start
        return max(_month(self.start), self.books.first)

    def _estimates(self) -> list[tuple[date, Happening]]:
        if self.component.policy != "us_985_20" or not self._starts():
            return []
        found = []
        for happening in self.component.happenings:
            if happening.event != "revenue_estimate" or not self._is_in_books(happening):
                continue
            on = max(_month(happening.on), self._first_charge())
            fiscal = self.books.fiscal_start
            if _year_end(on, fiscal) == _year_end(happening.on, fiscal):
                found.append((on, happening))
        return sorted(found, key=lambda one: (one[0], one[1].current, one[1].future))

    def _starts(self) -> bool:
        opening = self.component.opening
        return bool(self.start or (opening and opening[1]))

    def _charge(self, month: date) -> int:
        if not self.is_curved:
            return 0
        if self.mode:
            ratio, first, count = self.mode
            passed = Fraction(_count(first, self.reset), count) * ratio
            share = Fraction(_count(first, month) + 1, count) * ratio
            total = rounded(self.base * (share - passed) / (1 - passed))
        else:
            total = self._straight(month)
        total = max(total, self.charged) if self.base >= 0 else total
        charge, self.charged = total - self.charged, total
        return charge

    def _straight(self, month: date) -> int:
        if self.before >= 1:
            return self.base
        share = (self.consumed(month) - self.before) / (1 - self.before)
        return rounded(self.base * share)

    def _lose(self, month: date, placed: bool) -> None:
        if not placed:
            return
        for happening in self._of(month, "impairment") + self._of(month, "net_realizable"):
            left = self._left()
            lost = left - happening.amount if happening.event == "net_realizable" else min(
                happening.amount, left
            )  # fmt: skip
            self._write_down(month, max(lost, 0))

    def _write_down(self, month: date, lost: int) -> None:
        self.accumulated += self._book(month, "accumulated", "impairment", lost)
        left = self._left() - lost
        self._rebase(left, plus_months(month, 1))

    def _end(self, month: date, placed: bool) -> None:
        abandoned, disposed = (self.time.once.get(gate) for gate in ("abandoned", "disposed"))
        ready = self.time.ready
        sold = bool(self._of(month, "disposal")) or bool(disposed and _month(disposed) == month)
        given_up = bool(abandoned and ready and ready <= abandoned and _month(abandoned) == month)
        if not placed or not (sold or given_up):
            return
        kind = "disposal" if sold else "abandonment"
        self._book(month, "gross", kind, -self.gross)
        self._book(month, "accumulated", kind, -self.accumulated)
        self.gross = self.accumulated = 0
        self._rebase(0, plus_months(month, 1))

    def _left(self) -> int:
        return self.base - self.charged

    def _rebase(self, base: int, month: date) -> None:
        """Start a new stretch on the book value that is left, at the start of a month."""
        self.base, self.charged, self.reset = base, 0, month
        if self.is_curved:
            self.before = self.consumed(plus_months(month, -1))

    def _curve_from(self, start: date, months: int, convention: str) -> None:
        self.consumed = curve(start, months, convention, self.books.fiscal_start)
        self.is_curved, self.before, self.reset = True, Fraction(0), _month(start)

    def _of(self, month: date, event: str) -> list[Happening]:
        if event == "net_realizable" and self.component.policy != "us_985_20":
            return []
        return [
            happening for happening in self.component.happenings
            if happening.event == event and _month(happening.on) == month
        ]  # fmt: skip

    def _is_in_books(self, happening: Happening) -> bool:
        return self.books.first <= _month(happening.on) <= self.books.run

    def _book(self, month: date, balance: str, kind: str, amount: int) -> int:
        self.moved[month, balance, kind] += amount
        return amount


def lives(components: Sequence[Component], books: Books) -> dict[str, Life]:
    """Walk every component through the books."""
    timelines = {component.name: Timeline(component, books) for component in components}
    walked = {c.name: Life(c, books, timelines) for c in components}
    for life in walked.values():
        life.walk()
    return walked


def _month(day: date) -> date:
    return day.replace(day=1)


def _last(month: date) -> date:
    return plus_months(month, 1) - timedelta(days=1)


def _days_of(month: date) -> list[date]:
    return [month + timedelta(days=number) for number in range((_last(month) - month).days + 1)]


def _count(first: date, second: date) -> int:
    return (second.year - first.year) * 12 + second.month - first.month


def _year_end(day: date, fiscal_start: int) -> date:
    """Return the first day of the last month of the day's fiscal year."""
    return plus_months(_month(day), (fiscal_start - day.month - 1) % 12)
