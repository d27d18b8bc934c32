{# Microseconds from one timestamp to another; negative when the second is earlier. #}
{% macro microseconds_between(from_at, to_at) -%}
    {{ return(adapter.dispatch('microseconds_between')(from_at, to_at)) }}
{%- endmacro %}
{% macro default__microseconds_between(from_at, to_at) -%}{{ dbt.datediff(from_at, to_at, 'microsecond') }}{%- endmacro %}
{% macro duckdb__microseconds_between(from_at, to_at) -%}date_diff('microsecond', {{ from_at }}, {{ to_at }}){%- endmacro %}

{# Hours of a count of microseconds. #}
{% macro hours_of(microseconds) -%}(cast({{ microseconds }} as double) / 3600000000.0){%- endmacro %}

{#-
  The reading of a calendar's clock, which runs only in working time: cumulative working
  microseconds at a UTC timestamp. Working time between two moments is the difference of two
  readings: exact over daylight saving, nights and holidays.

  Arguments:
    at_utc: the timestamp
    day:    alias of the row of int_calendars__utc_days joined on the calendar and the UTC date
-#}
{% macro working_clock(at_utc, day) -%}
    case
        when {{ at_utc }} < {{ day }}.next_local_day_at
            then {{ day }}.worked_before + greatest(
                0, least({{ microseconds_between(day ~ '.opens_at', at_utc) }}, {{ day }}.day_length)
            )
        else {{ day }}.next_worked_before + greatest(
            0, least({{ microseconds_between(day ~ '.next_opens_at', at_utc) }}, {{ day }}.next_day_length)
        )
    end
{%- endmacro %}

{# What two spans of readings share; never negative. #}
{% macro shared_span(from_a, to_a, from_b, to_b) -%}
    greatest(0, least({{ to_a }}, {{ to_b }}) - greatest({{ from_a }}, {{ from_b }}))
{%- endmacro %}

{# Whole minutes of microseconds, rounded up; null below zero. #}
{% macro minutes_rounded_up(microseconds) -%}
    case when {{ microseconds }} > -60000000 then cast(ceil(cast({{ microseconds }} as double) / 60000000) as bigint) end
{%- endmacro %}
