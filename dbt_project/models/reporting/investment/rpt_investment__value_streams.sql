-- The streams as they are shown: owner, people, revenue and items finished in the month.
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

finished as (
    select
        coalesce(shown.shown_stream_id, 'OTHER') as shown_stream_id,
        count(*) as finished_count
    from {{ ref('dim_work_items') }} as items
    inner join run_month
        on
            cast(items.resolved_at as date) between run_month.first_date and run_month.last_date
    left join shown on items.value_stream_id = shown.value_stream_id
    group by coalesce(shown.shown_stream_id, 'OTHER')
),

earned as (
    select
        coalesce(shown.shown_stream_id, 'OTHER') as shown_stream_id,
        sum(revenue.amount) as amount
    from {{ ref('int_revenue__converted') }} as revenue
    inner join run_month on revenue.month_key = run_month.month_key
    left join shown on revenue.value_stream_id = shown.value_stream_id
    where revenue.value_stream_id <> 'COMPANY'
    group by coalesce(shown.shown_stream_id, 'OTHER')
),

listed as (
    select distinct value_stream_id as shown_stream_id from {{ ref('rpt_investment__investment') }}
),

final as (
    select
        listed.shown_stream_id as value_stream_id,
        case
            when listed.shown_stream_id = 'OTHER' then 'Small streams together'
            else coalesce(streams.value_stream_name, listed.shown_stream_id)
        end as value_stream_name,
        coalesce(streams.owner_name, '-') as owner,
        cast(people.person_count as integer) as person_count,
        cast(coalesce(earned.amount, 0) as decimal(18, 2)) as revenue_amount,
        cast(coalesce(finished.finished_count, 0) as integer) as finished_count
    from listed
    left join {{ ref('dim_value_streams') }} as streams on listed.shown_stream_id = streams.value_stream_id
    left join people on listed.shown_stream_id = people.shown_stream_id
    left join finished on listed.shown_stream_id = finished.shown_stream_id
    left join earned on listed.shown_stream_id = earned.shown_stream_id
)

select * from final
