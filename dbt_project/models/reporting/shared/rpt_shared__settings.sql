with final as (
    select
        settings.company_name,
        settings.reporting_currency,
        months.month_key,
        {{ month_key(ordinal_date(
            month_ordinal('months.first_date')
            ~ ' - mod(cast(extract(month from months.first_date) as integer) + 12 - settings.fiscal_year_start_month, 12)'
        )) }} as fiscal_year_first_month,
        settings.tolerance,
        settings.materiality,
        cast(
            settings.hours_per_day * {{ weekdays_of_month('months.first_date', 'months.last_date') }} as decimal(18, 2)
        ) as full_time_hours,
        cast(coalesce(limits.review_points, 0.30) as decimal(18, 8)) as review_points,
        cast(months.fiscal_year as integer) as fiscal_year,
        months.last_date as month_last_date
    from {{ ref('int_settings__run') }} as settings
    inner join {{ ref('dim_months') }} as months
        on months.is_run_month
    left join {{ ref('int_reviews__limited') }} as limits
        on months.month_key = limits.month_key
)

select * from final
