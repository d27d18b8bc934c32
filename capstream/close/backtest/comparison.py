"""Sample and ledger side by side, a row per person and month: mixes and capex shares.

The ledger is read for the days that the sample speaks of: those of a timesheet's rows, or the whole
month. A share of the sample is capital as far as the books capitalised the same work that month:
the same person's cost of the item on evidence that may be capitalised, else anybody's, else its
component's. Work on which the books decided nothing is counted apart, never taken for expense.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import pyarrow as pa

UNITS = """
with sample as (
    select
        person_id,
        coalesce(month, strftime(work_date, '%Y-%m')) as month_key,
        work_date,
        work_item_key, component_id, value_stream_id, treatment,
        cast(coalesce(hours, share) as double) as weight
    from sample_rows
    where coalesce(hours, share) > 0
),
effort as (
    select effort.*
    from marts.fct_effort_days as effort
    where evidence_tier <> 'L' and exists (
        select 1 from sample
        where sample.person_id = effort.person_id and sample.month_key = effort.month_key
            and (sample.work_date is null or sample.work_date = effort.work_date)
    )
),
decided as (
    select person_id, month_key, work_item_key, component_id, evidence_tier, from_date, to_date,
        sum(cast(capex_amount as double)) as capex, sum(cast(amount as double)) as cost,
        bool_or(rule_id = 'E-TIER') as is_weak
    from marts.fct_capitalization where minutes > 0
    group by all
),
ledger_rows as (
    select effort.*,
        effort.minutes * coalesce(decided.capex / nullif(decided.cost, 0), 0) as capital
    from effort left join decided
        on effort.person_id = decided.person_id
        and effort.month_key = decided.month_key
        and effort.work_item_key = decided.work_item_key
        and effort.component_id = decided.component_id
        and effort.evidence_tier = decided.evidence_tier
        and effort.work_date between decided.from_date and decided.to_date
),
known as (
    select month_key, 3 as nearness, person_id, work_item_key as place,
        sum(capex) / nullif(sum(cost), 0) as ratio
    from decided where not is_weak group by all
    union all
    select month_key, 2, null, work_item_key, sum(capex) / nullif(sum(cost), 0)
    from decided where not is_weak group by all
    union all
    select month_key, 1, null, component_id, sum(capex) / nullif(sum(cost), 0)
    from decided where not is_weak and component_id <> 'NONE' group by all
),
numbered as (
    select row_number() over () as row_id, sample.*, items.component_id as item_component_id
    from sample left join marts.dim_work_items as items using (work_item_key)
),
judged as (
    select numbered.row_id, max_by(known.ratio, known.nearness) as ratio
    from numbered join known
        on numbered.month_key = known.month_key and known.ratio is not null
        and (known.person_id is null or known.person_id = numbered.person_id)
        and case known.nearness
            when 1 then known.place
                = coalesce(numbered.component_id, nullif(numbered.item_component_id, 'NONE'))
            else known.place = numbered.work_item_key
        end
    group by numbered.row_id
),
weighed as (
    select numbered.*, numbered.{level} as place,
        case treatment when 'capex' then 1 when 'opex' then 0 else judged.ratio end as ratio
    from numbered left join judged using (row_id)
),
sample_units as (
    select person_id, month_key, sum(weight) as weight,
        sum(case when ratio is null then weight else 0 end) / sum(weight) as undecided_ratio,
        sum(weight * ratio) / nullif(sum(case when ratio is not null then weight end), 0) as capital
    from weighed group by all
),
ledger_units as (
    select person_id, month_key, max(team) as team, max(role_class) as role_class,
        count(distinct work_date) as day_count, sum(minutes) as minutes,
        sum(capital) / sum(minutes) as capital
    from ledger_rows group by all
),
mixes as (
    select person_id, month_key, place, sum(share) as share_difference
    from (
        select person_id, month_key, place,
            weight / sum(weight) over (partition by person_id, month_key) as share
        from weighed where place is not null
        union all
        select person_id, month_key, {level},
            -minutes / sum(minutes) over (partition by person_id, month_key)
        from ledger_rows
    ) group by all
),
distances as (
    select person_id, month_key, sum(abs(share_difference)) / 2 as distance
    from mixes group by all
)
select sample_units.person_id, month_key, coalesce(team, 'NONE') as team,
    coalesce(role_class, 'NONE') as role_class, coalesce(day_count, 0) as day_count,
    coalesce(minutes, 0) as minutes, sample_units.capital as sample_capex_ratio,
    ledger_units.capital as ledger_capex_ratio, undecided_ratio, {distance} as distance
from sample_units
left join ledger_units using (person_id, month_key)
left join distances using (person_id, month_key)
order by month_key, sample_units.person_id
"""

LEVELS = ("work_item_key", "component_id", "value_stream_id")


@dataclass(frozen=True, slots=True)
class ComparedMonth:
    """A person's month, or the part of it that the sample speaks of.

    Attributes:
        person_id: The person.
        month_key: The month.
        team: The team of those days; `NONE` where the ledger has no minute of them.
        role_class: The role class of those days.
        day_count: Days of the ledger that are compared.
        minutes: Working minutes of the ledger on them.
        sample_capex_ratio: Capital share of the sample, of what could be decided; None if nothing.
        ledger_capex_ratio: Capital share of the ledger; None where it has no minute.
        undecided_ratio: Share of the sample on which the books decided nothing.
        distance: Total-variation distance of the two mixes, 0 to 1.
    """

    person_id: str
    month_key: str
    team: str
    role_class: str
    day_count: int
    minutes: int
    sample_capex_ratio: float | None
    ledger_capex_ratio: float | None
    undecided_ratio: float
    distance: float | None

    @property
    def is_comparable(self) -> bool:
        """Whether both sides have a capital share."""
        return self.difference is not None

    @property
    def difference(self) -> float | None:
        """Capital share of the ledger less that of the sample."""
        if self.ledger_capex_ratio is None or self.sample_capex_ratio is None:
            return None
        return self.ledger_capex_ratio - self.sample_capex_ratio


def compared_months(
    connection: duckdb.DuckDBPyConnection, sample: pa.Table
) -> tuple[str | None, list[ComparedMonth]]:
    """Compare a sample with the ledger.

    Returns:
        The finest level that every row of the sample names (None: only treatments, and then no
        distance), and the persons' months in order.
    """
    full = (name for name in LEVELS if not sample.column(name).null_count)
    level = next(full, None)
    connection.register("sample_rows", sample)
    distance = "distance" if level else "null"
    statement = UNITS.format(level=level or LEVELS[-1], distance=distance)
    rows = connection.execute(statement).fetchall()
    connection.unregister("sample_rows")
    return level, [ComparedMonth(*row) for row in rows]
