-- The minutes that each tier with evidence fills of a day, split over its items by weight.
with days as (
    select
        person_day_number,
        t0_minutes,
        t1_minutes,
        rest_minutes,
        worklog_seconds,
        presence_total_units
    from {{ ref('int_effort__days') }}
),

nearby_totals as (
    select
        person_day_number,
        sum(weight_units) as weight_total
    from {{ ref('int_effort__nearby') }}
    group by person_day_number
),

faded_totals as (
    select
        person_day_number,
        sum(weight_units) as weight_total
    from {{ ref('int_effort__faded') }}
    group by person_day_number
),

weighed as (
    select
        evidence.person_day_number,
        evidence.item_number,
        evidence.evidence_tier,
        case evidence.evidence_tier when 'T0' then 0 else 1 end as fill_number,
        case evidence.evidence_tier when 'T0' then days.t0_minutes else days.t1_minutes end as fill_minutes,
        case evidence.evidence_tier when 'T0' then evidence.worklog_seconds else evidence.presence_units end
            as weight_units,
        case evidence.evidence_tier when 'T0' then days.worklog_seconds else days.presence_total_units end
            as weight_total,
        evidence.rule_rank
    from days
    inner join {{ ref('int_evidence__ledger') }} as evidence
        on days.person_day_number = evidence.person_day_number
    union all
    select
        nearby.person_day_number,
        nearby.item_number,
        'T2',
        2,
        days.rest_minutes,
        nearby.weight_units,
        nearby_totals.weight_total,
        nearby.rule_rank
    from {{ ref('int_effort__nearby') }} as nearby
    inner join nearby_totals
        on nearby.person_day_number = nearby_totals.person_day_number
    inner join days
        on nearby.person_day_number = days.person_day_number
    union all
    select
        faded.person_day_number,
        faded.item_number,
        'T3',
        3,
        days.rest_minutes,
        faded.weight_units,
        faded_totals.weight_total,
        null
    from {{ ref('int_effort__faded') }} as faded
    inner join faded_totals
        on faded.person_day_number = faded_totals.person_day_number
    inner join days
        on faded.person_day_number = days.person_day_number
),

filled as (
    select * from weighed
    where fill_minutes > 0
),

-- Minutes of a day times presences in parts of 10^12 fit into 63 bits for more items than a day has minutes.
allocated as (
    {{ largest_remainder(
        'filled',
        columns=['person_day_number', 'item_number', 'evidence_tier', 'rule_rank'],
        amount='fill_minutes',
        weight='weight_units',
        partition_by=['person_day_number', 'fill_number'],
        order_by=['item_number', 'evidence_tier'],
        allocated='minutes',
        total='weight_total',
        integer='bigint'
    ) }}
),

final as (
    select
        person_day_number,
        item_number,
        evidence_tier,
        cast(minutes as integer) as minutes,
        rule_rank
    from allocated
    where minutes > 0
)

select * from final
