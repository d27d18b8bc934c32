-- Under which stream and category each cell of a month is shown: small cells are merged with the next smallest.
-- Each month keeps its own merging, so that a later pack reveals nothing that the month's own pack hid.
with people as (
    select distinct
        month_key,
        value_stream_id,
        category,
        person_id
    from {{ ref('fct_capitalization') }}
),

streams as (
    select
        month_key,
        value_stream_id,
        count(distinct case when person_id <> 'NONE' then person_id end) as person_count
    from people
    group by month_key, value_stream_id
),

ranked_streams as (
    select
        *,
        sum(case when person_count < 5 then 1 else 0 end) over (partition by month_key) as small_count,
        row_number() over (partition by month_key order by person_count, value_stream_id) as size_rank
    from streams
),

shown_streams as (
    select
        month_key,
        value_stream_id,
        case when small_count > 0 and size_rank <= small_count + 1 then 'OTHER' else value_stream_id end
            as shown_stream_id
    from ranked_streams
),

categories as (
    select
        people.month_key,
        shown_streams.shown_stream_id,
        people.category,
        count(distinct case when people.person_id <> 'NONE' then people.person_id end) as person_count
    from people
    inner join shown_streams
        on people.month_key = shown_streams.month_key and people.value_stream_id = shown_streams.value_stream_id
    group by people.month_key, shown_streams.shown_stream_id, people.category
),

ranked_categories as (
    select
        *,
        sum(case when person_count < 5 then 1 else 0 end) over (partition by month_key, shown_stream_id)
            as small_count,
        row_number() over (partition by month_key, shown_stream_id order by person_count, category) as size_rank
    from categories
),

final as (
    select
        shown_streams.month_key,
        shown_streams.value_stream_id,
        ranked.category,
        shown_streams.shown_stream_id,
        case
            when ranked.small_count > 0 and ranked.size_rank <= ranked.small_count + 1 then 'other'
            else ranked.category
        end as shown_category
    from shown_streams
    inner join ranked_categories as ranked
        on shown_streams.month_key = ranked.month_key and shown_streams.shown_stream_id = ranked.shown_stream_id
)

select * from final
