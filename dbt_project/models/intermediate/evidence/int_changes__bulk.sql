-- A workflow that is rewritten is no work: ten or more items, same author, same from and to, within five minutes.
with slots as (
    select
        source,
        change_id,
        work_item_key,
        author,
        field,
        coalesce(from_value, '') as from_value,
        coalesce(to_value, '') as to_value,
        changed_at,
        {{ integer_divide(dbt.datediff("cast('1970-01-01' as timestamp)", 'changed_at', 'minute'), 5) }} as slot_number
    from {{ ref('inp_work_item_changes') }}
    where author is not null and field <> 'other' and changed_at >= cast('1970-01-01' as timestamp)
),

slot_counts as (
    select
        author,
        field,
        from_value,
        to_value,
        slot_number,
        count(*) as change_count
    from slots
    group by author, field, from_value, to_value, slot_number
),

-- A span of five minutes lies in one slot or in two beside each other.
neighbours as (
    select
        *,
        lag(slot_number) over (partition by author, field, from_value, to_value order by slot_number) as slot_before,
        lag(change_count) over (partition by author, field, from_value, to_value order by slot_number) as count_before,
        lead(slot_number) over (partition by author, field, from_value, to_value order by slot_number) as slot_after,
        lead(change_count) over (partition by author, field, from_value, to_value order by slot_number) as count_after
    from slot_counts
),

busy_slots as (
    select
        author,
        field,
        from_value,
        to_value,
        slot_number
    from neighbours
    where
        change_count + greatest(
            case when slot_before = slot_number - 1 then count_before else 0 end,
            case when slot_after = slot_number + 1 then count_after else 0 end
        ) >= 10
),

repeats as (
    select
        slots.*,
        lag(slots.changed_at) over (
            partition by slots.author, slots.field, slots.from_value, slots.to_value, slots.work_item_key
            order by slots.changed_at, slots.change_id
        ) as changed_before_at
    from slots
    inner join busy_slots
        on
            slots.author = busy_slots.author
            and slots.field = busy_slots.field
            and slots.from_value = busy_slots.from_value
            and slots.to_value = busy_slots.to_value
            and slots.slot_number = busy_slots.slot_number
),

counted as (
    select
        *,
        sum(
            case when changed_before_at >= changed_at - interval '5' minute then 0 else 1 end
        ) over (
            partition by author, field, from_value, to_value
            order by changed_at range between current row and interval '5' minute following
        ) as item_count
    from repeats
),

bursts as (
    select
        *,
        max(item_count) over (
            partition by author, field, from_value, to_value
            order by changed_at range between interval '5' minute preceding and current row
        ) as burst_item_count
    from counted
),

final as (
    select
        source,
        change_id
    from bursts
    where burst_item_count >= 10
)

select * from final
