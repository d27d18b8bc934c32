-- The five epics of each shown stream with the most cost and at least five people.
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

costs as (
    select
        shown.shown_stream_id as value_stream_id,
        coalesce(items.epic_key, items.work_item_key) as initiative_key,
        costs.person_id,
        costs.reporting_amount
    from {{ ref('fct_capitalization') }} as costs
    inner join run_month on costs.month_key = run_month.month_key
    inner join shown on costs.value_stream_id = shown.value_stream_id
    inner join {{ ref('dim_work_items') }} as items on costs.work_item_key = items.work_item_key
),

effort as (
    select
        shown.shown_stream_id as value_stream_id,
        coalesce(items.epic_key, items.work_item_key) as initiative_key,
        sum(effort.minutes) as minutes
    from {{ ref('fct_effort_days') }} as effort
    inner join run_month on effort.month_key = run_month.month_key
    inner join shown on effort.value_stream_id = shown.value_stream_id
    inner join {{ ref('dim_work_items') }} as items on effort.work_item_key = items.work_item_key
    group by shown.shown_stream_id, coalesce(items.epic_key, items.work_item_key)
),

summed as (
    select
        value_stream_id,
        initiative_key,
        sum(reporting_amount) as amount
    from costs
    group by value_stream_id, initiative_key
    having count(distinct person_id) >= 5
),

ranked as (
    select
        *,
        row_number() over (partition by value_stream_id order by amount desc, initiative_key asc) as initiative_rank
    from summed
),

final as (
    select
        ranked.value_stream_id,
        ranked.initiative_key,
        items.title,
        items.url,
        cast(ranked.initiative_rank as integer) as initiative_rank,
        cast(coalesce(effort.minutes, 0) as bigint) as minutes,
        cast(ranked.amount as decimal(18, 2)) as amount
    from ranked
    left join effort
        on ranked.value_stream_id = effort.value_stream_id and ranked.initiative_key = effort.initiative_key
    left join {{ ref('dim_work_items') }} as items on ranked.initiative_key = items.work_item_key
    where ranked.initiative_rank <= 5
)

select * from final
