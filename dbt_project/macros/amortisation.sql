{# A month as a running number, so that months are counted by subtraction. #}
{% macro month_ordinal(date_value) -%}
    cast(extract(year from {{ date_value }}) * 12 + extract(month from {{ date_value }}) as integer)
{%- endmacro %}

{# The first day of the month of an ordinal made by month_ordinal. #}
{% macro ordinal_date(ordinal) -%}
    cast({{ dbt.dateadd('month', '(' ~ ordinal ~ ') - 24001', "cast('2000-01-01' as date)") }} as date)
{%- endmacro %}

{# Shift a date by whole days or months and keep it a date. #}
{% macro shifted_date(date_value, part, count) -%}
    cast({{ dbt.dateadd(part, count, date_value) }} as date)
{%- endmacro %}

{# Months from a month to the end of its fiscal year, both included. #}
{% macro months_left_in_year(ordinal, fiscal_start) -%}
    (12 - mod({{ ordinal }} - {{ fiscal_start }}, 12))
{%- endmacro %}

{#-
  Units of a whole life, the N of ruling 16: months; half months (mid_month); days (daily_actual);
  life × the months left in the fiscal year of the start (half_year).
-#}
{% macro amortisation_units_total(convention, start_date, life, fiscal_start) -%}
    cast(case {{ convention }}
        when 'mid_month' then 2 * {{ life }}
        when 'daily_actual' then {{ dbt.datediff(start_date, shifted_date(start_date, 'month', life), 'day') }}
        when 'half_year' then {{ life }} * {{ months_left_in_year(month_ordinal(start_date), fiscal_start) }}
        else {{ life }}
    end as integer)
{%- endmacro %}

{#-
  Units elapsed from the start to the end of a month, the n(k) of ruling 16, before it is capped at N.
  The start's month is k = 1. half_year: half a year's charge spread over the months left in the fiscal
  year (6 units each), then the straight-line charge (as many units a month as months were left).
-#}
{% macro amortisation_units_elapsed(convention, start_date, month_ordinal_value, fiscal_start) -%}
    {%- set k = '(' ~ month_ordinal_value ~ ' - ' ~ month_ordinal(start_date) ~ ' + 1)' -%}
    {%- set left = months_left_in_year(month_ordinal(start_date), fiscal_start) -%}
    cast(case {{ convention }}
        when 'next_month' then {{ k }} - 1
        when 'mid_month' then 2 * {{ k }} - 1
        when 'daily_actual' then {{ dbt.datediff(start_date, ordinal_date(month_ordinal_value ~ ' + 1'), 'day') }}
        when 'half_year' then 6 * least({{ k }}, {{ left }}) + {{ left }} * greatest({{ k }} - {{ left }}, 0)
        else {{ k }}
    end as integer)
{%- endmacro %}

{# Units elapsed inside the life: never below 0, never above N. #}
{% macro amortisation_units(convention, start_date, life, month_ordinal_value, fiscal_start) -%}
    least(
        greatest({{ amortisation_units_elapsed(convention, start_date, month_ordinal_value, fiscal_start) }}, 0),
        {{ amortisation_units_total(convention, start_date, life, fiscal_start) }}
    )
{%- endmacro %}

{# The part of a base that n of N units have consumed, in minor units, rounded half away from zero. #}
{% macro consumed_minor(base_minor, units, units_total) -%}
    cast(
        case when {{ base_minor }} < 0 then -1 else 1 end
        * {{ integer_divide(
            '(2 * cast(abs(' ~ base_minor ~ ') as ' ~ big_integer() ~ ') * ' ~ units ~ ' + ' ~ units_total ~ ')',
            '(2 * ' ~ units_total ~ ')'
        ) }}
        as bigint
    )
{%- endmacro %}

{# What is charged in all, where an estimate takes over what its year was charged before: never less than that. #}
{% macro never_taken_back(through_minor, charged_minor) -%}
    case
        when {{ charged_minor }} > {{ through_minor }} and {{ charged_minor }} > 0 then {{ charged_minor }}
        else {{ through_minor }}
    end
{%- endmacro %}
