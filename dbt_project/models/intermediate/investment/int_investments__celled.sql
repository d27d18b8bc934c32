-- Under which stream and category each cell of the month is shown: small cells are merged with the next smallest.
with people as (
    select distinct
        costs.value_stream_id,
        costs.category,
        costs.person_id
    from {{ ref('fct_capitalization') }} as costs
    inner join {{ source('company', 'months') }} as months
        on costs.month_key = months.month_key and months.is_run_month
),

streams as (
    select
        value_stream_id,
        count(distinct case when person_id <> 'NONE' then person_id end) as person_count
    from people
    group by value_stream_id
),

ranked_streams as (
    select
        *,
        sum(case when person_count < 5 then 1 else 0 end) over () as small_count,
        row_number() over (order by person_count, value_stream_id) as size_rank
    from streams
),

shown_streams as (
    select
        value_stream_id,
        case when small_count > 0 and size_rank <= small_count + 1 then 'OTHER' else value_stream_id end
            as shown_stream_id
    from ranked_streams
),

categories as (
    select
        shown_streams.shown_stream_id,
        people.category,
        count(distinct case when people.person_id <> 'NONE' then people.person_id end) as person_count
    from people
    inner join shown_streams on people.value_stream_id = shown_streams.value_stream_id
    group by shown_streams.shown_stream_id, people.category
),

ranked_categories as (
    select
        *,
        sum(case when person_count < 5 then 1 else 0 end) over (partition by shown_stream_id) as small_count,
        row_number() over (partition by shown_stream_id order by person_count, category) as size_rank
    from categories
),

final as (
    select
        shown_streams.value_stream_id,
        ranked.category,
        shown_streams.shown_stream_id,
        case
            when ranked.small_count > 0 and ranked.size_rank <= ranked.small_count + 1 then 'other'
            else ranked.category
        end
            as shown_category
    from shown_streams
    inner join ranked_categories as ranked on shown_streams.shown_stream_id = ranked.shown_stream_id
)

select * from final
