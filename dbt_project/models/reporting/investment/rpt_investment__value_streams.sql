-- The streams as they are shown: owner, people, revenue (empty where unknown) and items finished in the month.
with run_month as (
    select * from {{ ref('dim_months') }}
    where is_run_month
),

shown as (
    select distinct
        cells.value_stream_id,
        cells.shown_stream_id
    from {{ ref('int_investments__celled') }} as cells
    inner join run_month on cells.month_key = run_month.month_key
),

people as (
    select
        shown.shown_stream_id,
        count(distinct costs.person_id) as person_count
    from {{ ref('fct_capitalization') }} as costs
    inner join run_month on costs.month_key = run_month.month_key
    inner join shown on costs.value_stream_id = shown.value_stream_id
    where costs.person_id <> 'NONE'
    group by shown.shown_stream_id
),

final as (
    select
        units.value_stream_id,
        case
            when units.value_stream_id = 'OTHER' then 'Small streams together'
            else coalesce(streams.value_stream_name, units.value_stream_id)
        end as value_stream_name,
        coalesce(streams.owner_name, '-') as owner,
        cast(people.person_count as integer) as person_count,
        units.revenue_amount,
        units.finished_count
    from {{ ref('rpt_investment__units') }} as units
    left join {{ ref('dim_value_streams') }} as streams on units.value_stream_id = streams.value_stream_id
    left join people on units.value_stream_id = people.shown_stream_id
    where units.is_run_month
)

select * from final
