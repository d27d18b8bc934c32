{# The local calendar timestamp of a UTC timestamp in an IANA time zone. #}
{% macro local_timestamp(at_utc, timezone) -%}
    {{ return(adapter.dispatch('local_timestamp')(at_utc, timezone)) }}
{%- endmacro %}
{% macro default__local_timestamp(at_utc, timezone) -%}
    convert_timezone('UTC', {{ timezone }}, {{ at_utc }})
{%- endmacro %}
{% macro postgres__local_timestamp(at_utc, timezone) -%}
    (({{ at_utc }} at time zone 'UTC') at time zone {{ timezone }})
{%- endmacro %}
{% macro duckdb__local_timestamp(at_utc, timezone) -%}
    (({{ at_utc }} at time zone 'UTC') at time zone {{ timezone }})
{%- endmacro %}

{# The local date of a UTC timestamp in an IANA time zone. #}
{% macro local_date(at_utc, timezone) -%}
    cast({{ local_timestamp(at_utc, timezone) }} as date)
{%- endmacro %}

{# The month key `YYYY-MM` of a date or timestamp. #}
{% macro month_key(value) -%}{{ return(adapter.dispatch('month_key')(value)) }}{%- endmacro %}
{% macro default__month_key(value) -%}date_format({{ value }}, 'yyyy-MM'){%- endmacro %}
{% macro postgres__month_key(value) -%}to_char({{ value }}, 'YYYY-MM'){%- endmacro %}
{% macro duckdb__month_key(value) -%}strftime({{ value }}, '%Y-%m'){%- endmacro %}

{# ISO weekday: Monday 1 to Sunday 7. #}
{% macro iso_weekday(value) -%}{{ return(adapter.dispatch('iso_weekday')(value)) }}{%- endmacro %}
{% macro default__iso_weekday(value) -%}extract(dayofweek_iso from {{ value }}){%- endmacro %}
{% macro postgres__iso_weekday(value) -%}cast(extract(isodow from {{ value }}) as integer){%- endmacro %}
{% macro duckdb__iso_weekday(value) -%}isodow({{ value }}){%- endmacro %}
