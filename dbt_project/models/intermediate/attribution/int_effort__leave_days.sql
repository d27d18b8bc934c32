-- Paid leave, public holidays and closures on working days of the person's pattern.
with final as (
    select
        person_id,
        person_day_number,
        work_date,
        leave_minutes as minutes
    from {{ ref('int_people__days') }}
    where is_computed and leave_minutes > 0
)

select * from final
