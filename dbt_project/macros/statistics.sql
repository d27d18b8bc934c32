{# The 97.5 % point of the normal distribution: two-sided intervals of 95 %. #}
{% macro normal_quantile() -%}1.959963984540054{%- endmacro %}

{#-
  The 97.5 % point of Student's t, by the expansion in powers of one over the degrees of freedom
  (Abramowitz and Stegun, 26.7.5): within a tenth of a percent from four degrees on.
-#}
{% macro student_quantile(degrees) -%}
    {%- set z = 1.959963984540054 -%}
    {%- set terms = [
        (z ** 3 + z) / 4,
        (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
        (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
        (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92160,
    ] -%}
    ({{ z }}{% for term in terms %} + {{ term }} / power({{ degrees }}, {{ loop.index }}){% endfor %})
{%- endmacro %}

{# Bound of Wilson's interval for a share (E. B. Wilson, 1927); null without cases. `side` is -1 or 1. #}
{% macro wilson_bound(hits, cases, side) -%}
    {%- set z = normal_quantile() -%}
    case when {{ cases }} > 0 then greatest(0.0, least(1.0, (
        cast({{ hits }} as double) + {{ z }} * {{ z }} / 2
        + ({{ side }}) * {{ z }} * sqrt(
            cast({{ hits }} as double) * ({{ cases }} - {{ hits }}) / {{ cases }} + {{ z }} * {{ z }} / 4
        )
    ) / ({{ cases }} + {{ z }} * {{ z }}))) end
{%- endmacro %}

{# Bounds of Byar's interval for a count of independent events (Breslow and Day, 1987). #}
{% macro count_low(events) -%}
    case when {{ events }} = 0 then 0.0 else {{ events }} * power(
        1 - 1.0 / (9 * {{ events }}) - {{ normal_quantile() }} / (3 * sqrt({{ events }})), 3
    ) end
{%- endmacro %}
{% macro count_high(events) -%}
    ({{ events }} + 1) * power(
        1 - 1.0 / (9 * ({{ events }} + 1)) + {{ normal_quantile() }} / (3 * sqrt({{ events }} + 1)), 3
    )
{%- endmacro %}

{#-
  Quantiles per group with the interval of order statistics: ranks from the binomial distribution
  itself, nothing drawn. A side whose rank does not exist in so few cases is null.

  Values are ranked once for all quantiles. Chances are summed only near each quantile: those
  beyond eight standard deviations come to less than 1e-13, and the sum near it stands for one.

  Arguments:
    relation:  a CTE or relation with a column `value` (double, not null)
    group:     the column that names a group; numbers rank fastest
    quantiles: the quantiles by name, such as {'p50': 0.5}

  Returns group, quantile_name, case_count, value, low and high.
-#}
{% macro quantiles_with_intervals(relation, group, quantiles) -%}
select
    {{ group }},
    quantile_name,
    max(qi_cases) as case_count,
    max(case when qi_rank - 1 = floor(qi_place) then value end) * (1 - max(qi_place - floor(qi_place)))
    + max(case when qi_rank - 1 = ceil(qi_place) then value end) * max(qi_place - floor(qi_place)) as value,
    max(case when qi_weight_below <= 0.025 * qi_weights then value end) as low,
    min(case when qi_weight_below >= 0.975 * qi_weights then value end) as high
from (
    select
        *,
        exp(-qi_peak) + coalesce(sum(exp(qi_log_weight - qi_peak)) over (
            partition by {{ group }}, quantile_name
            order by qi_rank rows between unbounded preceding and 1 preceding
        ), 0) as qi_weight_below,
        exp(-qi_peak) + sum(exp(qi_log_weight - qi_peak)) over (partition by {{ group }}, quantile_name)
            as qi_weights
    from (
        select
            *,
            max(qi_log_weight) over (partition by {{ group }}, quantile_name) as qi_peak
        from (
            select
                qi_ranked.*,
                qi_asked.*,
                (qi_ranked.qi_cases - 1) * qi_asked.quantile as qi_place,
                sum(ln(
                    (qi_ranked.qi_cases - qi_ranked.qi_rank + 1) * qi_asked.quantile
                    / (qi_ranked.qi_rank * (1 - qi_asked.quantile))
                )) over (
                    partition by qi_ranked.{{ group }}, qi_asked.quantile_name
                    order by qi_ranked.qi_rank rows unbounded preceding
                ) as qi_log_weight
            from (
                select
                    {{ group }},
                    value,
                    row_number() over (partition by {{ group }} order by value) as qi_rank,
                    count(*) over (partition by {{ group }}) as qi_cases
                from {{ relation }}
            ) as qi_ranked
            cross join (
                {%- for name, quantile in quantiles.items() %}
                select
                    '{{ name }}' as quantile_name,
                    cast({{ quantile }} as double) as quantile
                {{ 'union all' if not loop.last }}
                {%- endfor %}
            ) as qi_asked
            where
                abs(qi_ranked.qi_rank - qi_ranked.qi_cases * qi_asked.quantile)
                <= 8 * sqrt(qi_ranked.qi_cases * qi_asked.quantile * (1 - qi_asked.quantile)) + 8
        ) as qi_logs
    ) as qi_peaks
) as qi_chances
group by {{ group }}, quantile_name
{%- endmacro %}

{# Quantile with linear interpolation, as spreadsheets compute it. #}
{% macro quantile_of(value, quantile) -%}{{ return(adapter.dispatch('quantile_of')(value, quantile)) }}{%- endmacro %}
{% macro default__quantile_of(value, quantile) -%}
    percentile_cont({{ quantile }}) within group (order by {{ value }})
{%- endmacro %}
{% macro duckdb__quantile_of(value, quantile) -%}quantile_cont({{ value }}, {{ quantile }}){%- endmacro %}

{# The middle value, of an even count the lower of the two in the middle. #}
{% macro lower_median_of(value) -%}{{ return(adapter.dispatch('lower_median_of')(value)) }}{%- endmacro %}
{% macro default__lower_median_of(value) -%}percentile_disc(0.5) within group (order by {{ value }}){%- endmacro %}
{% macro duckdb__lower_median_of(value) -%}quantile_disc({{ value }}, 0.5){%- endmacro %}

{# A sum of floating-point values that does not depend on the order in which threads met them. #}
{% macro order_free_sum(value) -%}
    cast(sum(cast({{ value }} as decimal(38, 12))) as double)
{%- endmacro %}

{# A mean that does not depend on the order in which threads met its values; null without any. #}
{% macro order_free_mean(value) -%}
    {{ order_free_sum(value) }} / nullif(count({{ value }}), 0)
{%- endmacro %}
