{%- set domains = [
    'sources', 'attribution', 'valuation', 'capitalization', 'policies', 'assets', 'journals',
    'delivery',
] -%}

with gathered as (
    {% for domain in domains -%}
        select
            check_id,
            month_key,
            area,
            description,
            severity,
            detail,
            cast(left_value as decimal(38, 2)) as left_value,
            cast(right_value as decimal(38, 2)) as right_value,
            cast(tolerance as decimal(18, 2)) as tolerance
        from {{ ref('int_checks__' ~ domain) }}
        {{ 'union all' if not loop.last }}
    {% endfor -%}
),

computed as (
    select
        check_id,
        month_key,
        area,
        description,
        severity,
        case
            when left_value is null or right_value is null then 'NOT_COMPUTED'
            when abs(left_value - right_value) <= tolerance then 'PASS'
            else 'FAIL'
        end as status,
        detail,
        left_value,
        right_value,
        cast(left_value - right_value as decimal(38, 2)) as difference,
        tolerance
    from gathered
),

final as (
    {{ open_and_closed('computed') }}
)

select * from final
