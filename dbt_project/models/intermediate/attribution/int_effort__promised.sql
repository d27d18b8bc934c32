-- Minutes of tier T4: of declaring roles before their signals, of others where no evidence is near.
with nearby_days as (
    select distinct person_day_number
    from {{ ref('int_effort__nearby') }}
    union distinct
    select distinct person_day_number
    from {{ ref('int_effort__faded') }}
),

fills as (
    select
        days.person_id,
        days.person_day_number,
        days.month_key,
        days.team,
        case
            when days.is_declared_first then days.first_declared_minutes
            when nearby_days.person_day_number is null then least(days.rest_minutes, days.declared_minutes)
            else 0
        end as fill_minutes
    from {{ ref('int_effort__days') }} as days
    left join nearby_days
        on days.person_day_number = nearby_days.person_day_number
    where days.declared_minutes > 0
),

filled as (
    select
        fills.person_day_number,
        fills.fill_minutes,
        items.item_number,
        declared.share_units,
        declared.is_approved,
        declared.value_stream_id,
        declared.component_id
    from fills
    inner join {{ ref('int_effort__declared') }} as declared
        on
            fills.person_id = declared.person_id
            and fills.month_key = declared.month_key
            and fills.team = declared.team
    inner join {{ ref('int_items__numbered') }} as items
        on declared.work_item_key = items.work_item_key
    where fills.fill_minutes > 0
),

allocated as (
    {{ largest_remainder(
        'filled',
        columns=['person_day_number', 'item_number', 'is_approved', 'value_stream_id', 'component_id'],
        amount='fill_minutes',
        weight='share_units',
        partition_by=['person_day_number'],
        order_by=['item_number'],
        allocated='minutes'
    ) }}
),

final as (
    select
        person_day_number,
        item_number,
        value_stream_id,
        component_id,
        cast(minutes as integer) as minutes,
        is_approved
    from allocated
    where minutes > 0
)

select * from final
