-- The part of a cost row in each segment that the applied policy decides, in its own money and in that of the reports.
with final as (
    select
        allocations.person_id,
        allocations.month_key,
        allocations.entity,
        allocations.cost_center,
        allocations.work_country,
        allocations.worker_type,
        allocations.role_class,
        allocations.team,
        allocations.pay_component,
        allocations.cost_line_id,
        allocations.work_item_key,
        allocations.value_stream_id,
        allocations.component_id,
        segments.verdict_number,
        allocations.currency_code,
        segments.minutes,
        segments.amount,
        case
            when allocations.currency_code = settings.reporting_currency then segments.amount
            else {{ convert_money('segments.amount', 'rates.rate', 'currencies.minor_digits') }}
        end as reporting_amount,
        segments.from_date,
        segments.to_date
    from {{ ref('int_segments__valued') }} as segments
    inner join {{ ref('int_allocations__identified') }} as allocations
        on segments.allocation_id = allocations.allocation_id
    {{ with_reporting_rates('allocations') }}
    where segments.is_applied
)

select * from final
