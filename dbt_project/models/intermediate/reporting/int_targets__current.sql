-- The investment targets that hold at the end of the run month.
with ranked as (
    select
        targets.value_stream_id,
        targets.category,
        targets.share,
        row_number() over (
            partition by targets.value_stream_id, targets.category order by targets."from" desc
        ) as recency
    from {{ source('company', 'investment_targets') }} as targets
    inner join {{ source('company', 'months') }} as months
        on months.is_run_month and targets."from" <= months.last_date
),

final as (
    select
        coalesce(value_stream_id, 'COMPANY') as value_stream_id,
        category,
        cast(share as decimal(18, 8)) as target_ratio
    from ranked
    where recency = 1
)

select * from final
