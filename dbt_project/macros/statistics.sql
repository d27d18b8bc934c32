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
  A quantile per group with the interval of order statistics: ranks from the binomial
  distribution itself, nothing drawn. A side whose rank does not exist in so few cases is null.

  Arguments:
    relation: a CTE or relation with a column `value` (double, not null)
    groups:   columns that name a group
    quantile: 0 < quantile < 1
-#}
{% macro quantile_with_interval(relation, groups, quantile) -%}
select
    {{ groups | join(', ') }},
    max(qi_cases) as case_count,
    {{ quantile_of("value", quantile) }} as value,
    max(case when qi_chance_below <= 0.025 then value end) as low,
    min(case when qi_chance_below >= 0.975 then value end) as high
from (
    select
        *,
        exp(qi_cases * ln(1.0 - {{ quantile }})) + coalesce(sum(exp(qi_log_chance)) over (
            partition by {{ groups | join(', ') }}
            order by qi_rank rows between unbounded preceding and 1 preceding
        ), 0) as qi_chance_below
    from (
        select
            *,
            qi_cases * ln(1.0 - {{ quantile }}) + sum(
                ln((qi_cases - qi_rank + 1.0) / qi_rank) + ln({{ quantile }} / (1.0 - {{ quantile }}))
            ) over (
                partition by {{ groups | join(', ') }} order by qi_rank rows unbounded preceding
            ) as qi_log_chance
        from (
            select
                *,
                row_number() over (partition by {{ groups | join(', ') }} order by value) as qi_rank,
                count(*) over (partition by {{ groups | join(', ') }}) as qi_cases
            from {{ relation }}
        ) as qi_ranked
    ) as qi_logs
) as qi_chances
group by {{ groups | join(', ') }}
{%- endmacro %}

{# Quantile with linear interpolation, as spreadsheets compute it. #}
{% macro quantile_of(value, quantile) -%}{{ return(adapter.dispatch('quantile_of')(value, quantile)) }}{%- endmacro %}
{% macro default__quantile_of(value, quantile) -%}
    percentile_cont({{ quantile }}) within group (order by {{ value }})
{%- endmacro %}
{% macro duckdb__quantile_of(value, quantile) -%}quantile_cont({{ value }}, {{ quantile }}){%- endmacro %}

{# A sum of floating-point values that does not depend on the order in which threads met them. #}
{% macro order_free_sum(value) -%}
    cast(sum(cast({{ value }} as decimal(38, 12))) as double)
{%- endmacro %}

{# A mean that does not depend on the order in which threads met its values; null without any. #}
{% macro order_free_mean(value) -%}
    {{ order_free_sum(value) }} / nullif(count({{ value }}), 0)
{%- endmacro %}
