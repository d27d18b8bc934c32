-- One allocation over all tiers: the minutes that a tier fills of a day, split over its items by weight.
with days as (
    select * from {{ ref('int_effort__days') }}
),

nearby_days as (
    select distinct
        person_id,
        work_date
    from {{ ref('int_effort__nearby') }}
),

faded_days as (
    select distinct
        person_id,
        work_date
    from {{ ref('int_effort__faded') }}
),

fills as (
    select
        days.*,
        case
            when days.is_declared_first then days.first_declared_minutes
            when nearby_days.person_id is null and faded_days.person_id is null
                then least(days.rest_minutes, days.declared_minutes)
            else 0
        end as t4_minutes
    from days
    left join nearby_days
        on days.person_id = nearby_days.person_id and days.work_date = nearby_days.work_date
    left join faded_days
        on days.person_id = faded_days.person_id and days.work_date = faded_days.work_date
),

weighed as (
    select
        fills.person_id,
        fills.work_date,
        evidence.work_item_key,
        evidence.evidence_tier,
        case evidence.evidence_tier when 'T0' then 'T0' else 'T1' end as fill_group,
        case evidence.evidence_tier when 'T0' then fills.t0_minutes else fills.t1_minutes end as fill_minutes,
        case evidence.evidence_tier when 'T0' then evidence.worklog_seconds else evidence.presence_units end
            as weight_units,
        evidence.evidence_count,
        evidence.evidence_ref,
        evidence.repository,
        evidence.rule_rank,
        evidence.is_moved,
        cast(null as boolean) as is_approved,
        cast(null as varchar) as value_stream_id,
        cast(null as varchar) as component_id
    from fills
    inner join {{ ref('int_evidence__ledger') }} as evidence
        on fills.person_id = evidence.person_id and fills.work_date = evidence.work_date
    union all
    select
        fills.person_id,
        fills.work_date,
        nearby.work_item_key,
        'T2',
        'T2',
        fills.rest_minutes,
        nearby.weight_units,
        0,
        nearby.evidence_ref,
        nearby.repository,
        nearby.rule_rank,
        false,
        null,
        null,
        null
    from fills
    inner join {{ ref('int_effort__nearby') }} as nearby
        on fills.person_id = nearby.person_id and fills.work_date = nearby.work_date
    union all
    select
        fills.person_id,
        fills.work_date,
        faded.work_item_key,
        'T3',
        'T3',
        fills.rest_minutes,
        faded.weight_units,
        0,
        'open:' || faded.work_item_key,
        null,
        null,
        false,
        null,
        null,
        null
    from fills
    inner join {{ ref('int_effort__faded') }} as faded
        on fills.person_id = faded.person_id and fills.work_date = faded.work_date
    union all
    select
        fills.person_id,
        fills.work_date,
        declared.work_item_key,
        'T4',
        'T4',
        fills.t4_minutes,
        declared.share_units,
        0,
        'declared:' || fills.month_key,
        null,
        null,
        false,
        declared.is_approved,
        declared.value_stream_id,
        declared.component_id
    from fills
    inner join {{ ref('int_effort__declared') }} as declared
        on
            fills.person_id = declared.person_id
            and fills.month_key = declared.month_key
            and fills.team = declared.team
),

filled as (
    select * from weighed
    where fill_minutes > 0
),

allocated as (
    {{ largest_remainder(
        'filled',
        columns=[
            'person_id', 'work_date', 'work_item_key', 'evidence_tier', 'evidence_count', 'evidence_ref',
            'repository', 'rule_rank', 'is_moved', 'is_approved', 'value_stream_id', 'component_id'
        ],
        amount='fill_minutes',
        weight='weight_units',
        partition_by=['person_id', 'work_date', 'fill_group'],
        order_by=['work_item_key', 'evidence_tier'],
        allocated='minutes'
    ) }}
),

final as (
    select * from allocated
    where minutes > 0
)

select * from final
