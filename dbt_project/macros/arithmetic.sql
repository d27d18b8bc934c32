{# An integer wide enough for minor units × minutes of a large company: 38 digits. #}
{% macro big_integer() -%}{{ return(adapter.dispatch('big_integer')()) }}{%- endmacro %}
{% macro default__big_integer() -%}decimal(38, 0){%- endmacro %}
{% macro duckdb__big_integer() -%}hugeint{%- endmacro %}

{# Floor division of two integers that are not negative; null where the divisor is zero. #}
{% macro integer_divide(dividend, divisor) -%}
    {{ return(adapter.dispatch('integer_divide')(dividend, divisor)) }}
{%- endmacro %}
{% macro default__integer_divide(dividend, divisor) -%}
    cast((({{ dividend }}) div nullif({{ divisor }}, 0)) as decimal(38, 0))
{%- endmacro %}
{% macro postgres__integer_divide(dividend, divisor) -%}
    cast(floor(({{ dividend }}) / nullif({{ divisor }}, 0)) as decimal(38, 0))
{%- endmacro %}
{#- Dividing in 128 bits takes sixty times as long, so what fits divides in 64. -#}
{% macro duckdb__integer_divide(dividend, divisor) -%}
    {%- set largest = '9223372036854775807' -%}
    case
        when {{ dividend }} <= {{ largest }} and {{ divisor }} <= {{ largest }}
            then cast({{ dividend }} as bigint) // nullif(cast({{ divisor }} as bigint), 0)
        else ({{ dividend }}) // nullif({{ divisor }}, 0)
    end
{%- endmacro %}

{# Money in minor units, exact: `digits` is the currency's count of decimals (0 or 2). #}
{% macro to_minor(amount, digits) -%}
    cast(case when {{ digits }} = 0 then {{ amount }} else {{ amount }} * 100 end as bigint)
{%- endmacro %}

{# Minor units back to the money type of the warehouse. The widths of both factors add up to it: a wider product
   would be rounded back in 128 bits, which takes two hundred times as long. #}
{% macro from_minor(minor, digits) -%}
    cast(case when {{ digits }} = 0 then cast({{ minor }} as decimal(18, 2)) else cast({{ minor }} as decimal(16, 0)) * cast(0.01 as decimal(2, 2)) end as decimal(18, 2))
{%- endmacro %}

{# Round money half away from zero to the currency's digits; the argument must be decimal, never double.
   Each branch is cast by itself: a common type of decimal(38, 0) and decimal(38, 2) would drop the cents. #}
{% macro round_money(amount, digits) -%}
    case when {{ digits }} = 0 then cast(round({{ amount }}, 0) as decimal(18, 2)) else cast(round({{ amount }}, 2) as decimal(18, 2)) end
{%- endmacro %}

{# Convert money at a rate and round it once; widened first, because an 18-digit product overflows silently wide books. #}
{% macro convert_money(amount, rate, digits) -%}
    {{ round_money('(cast(' ~ amount ~ ' as decimal(38, 2)) * cast(' ~ rate ~ ' as decimal(18, 8)))', digits) }}
{%- endmacro %}

{# The joins that bring each row's average rate into the reporting currency (`rates`, null where it is missing), with that
   currency's digits (`currencies`) and the `settings` that name it. The rows have a `month_key` and a `currency_code`. #}
{% macro with_reporting_rates(rows) -%}
    cross join {{ source('company', 'settings') }} as settings
    inner join {{ source('company', 'currencies') }} as currencies
        on settings.reporting_currency = currencies.currency_code
    left join {{ ref('int_fx__averages') }} as rates
        on
            {{ rows }}.month_key = rates.month_key
            and {{ rows }}.currency_code = rates.from_currency
            and settings.reporting_currency = rates.to_currency
{%- endmacro %}
