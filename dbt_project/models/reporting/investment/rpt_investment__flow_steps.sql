-- Steps of each stream's map in the run month; cost where the stream is shown by itself.
with shown as (
    select distinct
        month_key,
        value_stream_id
    from {{ ref('int_investments__celled') }}
    where value_stream_id = shown_stream_id
),

final as (
    select
        steps.value_stream_id,
        steps.step,
        steps.kind,
        steps.step_order,
        steps.finished_count,
        steps.item_count,
        steps.visit_count,
        steps.lead_hours_mean,
        steps.lead_hours_p50,
        steps.lead_hours_p85,
        steps.lead_hours_p95,
        steps.process_hours_mean,
        steps.wait_hours_mean,
        steps.rework_hours,
        steps.complete_accurate_ratio,
        steps.visit_complete_accurate_ratio,
        steps.departed_item_count,
        steps.returned_item_count,
        steps.departure_count,
        steps.return_count,
        steps.whole_step_count,
        steps.wip_average,
        steps.wip_end_count,
        steps.arrival_count,
        steps.person_count,
        steps.load_ratio,
        case when shown.value_stream_id is not null then steps.cost_amount end as cost_amount,
        case when shown.value_stream_id is not null then steps.rework_cost_amount end as rework_cost_amount,
        steps.is_withheld,
        shown.value_stream_id is not null as is_cost_shown
    from {{ ref('fct_flow_steps') }} as steps
    inner join {{ ref('dim_months') }} as months
        on steps.month_key = months.month_key
    left join shown
        on steps.value_stream_id = shown.value_stream_id and steps.month_key = shown.month_key
    where months.is_run_month
)

select * from final
