"""Random small companies: a few people, a dozen items, everything that the ledger must survive.

A seed gives one company, always the same. Odds are set so that awkward rows meet each other:
weekends, leave, changed hands, unlinked code, rules with dates, two currencies, late corrections.
"""

from __future__ import annotations

from random import Random

from tests.dbt.ledger_world import World
from tests.property.drawn_code import CodeDraw
from tests.property.drawn_items import ItemsDraw
from tests.property.drawn_money import MoneyDraw
from tests.property.drawn_people import PeopleDraw


def company(seed: int) -> World:
    """Return the company of a seed."""
    return _CompanyDraw(Random(seed)).drawn()  # noqa: S311 reproducible test data, no secret


class _CompanyDraw(PeopleDraw, ItemsDraw, CodeDraw, MoneyDraw):
    def drawn(self) -> World:
        """Draw the parts in the order in which their rows refer to each other."""
        self.draw_settings()
        self.draw_people()
        self.draw_accounts()
        self.draw_calendar()
        self.draw_items()
        self.draw_histories()
        self.draw_code()
        self.draw_talk()
        self.draw_worklogs()
        self.draw_rules()
        self.draw_declarations()
        self.draw_pay()
        self.draw_other_lines()
        return self.world
