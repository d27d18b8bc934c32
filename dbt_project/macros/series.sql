{# One row per calendar day from `first_day` to `last_day`, both included, beside the columns kept. #}
{% macro exploded_days(relation, columns, first_day, last_day, element) -%}
    {{ return(adapter.dispatch('exploded_days')(relation, columns, first_day, last_day, element)) }}
{%- endmacro %}

{% macro default__exploded_days(relation, columns, first_day, last_day, element) -%}
select {{ columns | join(', ') }}, {{ element }}
from {{ relation }}
lateral view explode(
    case when {{ first_day }} <= {{ last_day }} then sequence({{ first_day }}, {{ last_day }}, interval 1 day) end
) exploded as {{ element }}
{%- endmacro %}

{% macro postgres__exploded_days(relation, columns, first_day, last_day, element) -%}
select {{ columns | join(', ') }}, cast(series_day as date) as {{ element }}
from {{ relation }}
cross join lateral generate_series({{ first_day }}, {{ last_day }}, interval '1 day') as series_day
{%- endmacro %}

{% macro duckdb__exploded_days(relation, columns, first_day, last_day, element) -%}
select
    {{ columns | join(', ') }},
    unnest(cast(generate_series(
        cast({{ first_day }} as timestamp), cast({{ last_day }} as timestamp), interval 1 day
    ) as date [])) as {{ element }}
from {{ relation }}
where {{ first_day }} <= {{ last_day }}
{%- endmacro %}

{# One row per integer from `first_number` to `last_number`, both included, beside the columns kept. #}
{% macro exploded_numbers(relation, columns, first_number, last_number, element) -%}
    {{ return(adapter.dispatch('exploded_numbers')(relation, columns, first_number, last_number, element)) }}
{%- endmacro %}

{% macro default__exploded_numbers(relation, columns, first_number, last_number, element) -%}
select {{ columns | join(', ') }}, {{ element }}
from {{ relation }}
lateral view explode(
    case when {{ first_number }} <= {{ last_number }} then sequence({{ first_number }}, {{ last_number }}) end
) exploded as {{ element }}
{%- endmacro %}

{% macro postgres__exploded_numbers(relation, columns, first_number, last_number, element) -%}
select {{ columns | join(', ') }}, {{ element }}
from {{ relation }}
cross join lateral generate_series({{ first_number }}, {{ last_number }}) as {{ element }}
{%- endmacro %}

{% macro duckdb__exploded_numbers(relation, columns, first_number, last_number, element) -%}
select {{ columns | join(', ') }}, unnest(generate_series({{ first_number }}, {{ last_number }})) as {{ element }}
from {{ relation }}
where {{ first_number }} <= {{ last_number }}
{%- endmacro %}

{# The day that many days later. #}
{% macro plus_days(value, days) -%}cast({{ dbt.dateadd('day', days, value) }} as date){%- endmacro %}

{# A person's day as one integer, by which days join and group fast; unique for dates of 1900 to 2173. #}
{% macro person_day_number(person_number, value) -%}
    (cast({{ person_number }} as bigint) * 100000 + {{ dbt.datediff("cast('1900-01-01' as date)", value, 'day') }})
{%- endmacro %}

{# The UTC timestamp of a local timestamp in an IANA time zone. #}
{% macro utc_timestamp(at_local, timezone) -%}
    {{ return(adapter.dispatch('utc_timestamp')(at_local, timezone)) }}
{%- endmacro %}
{% macro default__utc_timestamp(at_local, timezone) -%}
    convert_timezone({{ timezone }}, 'UTC', {{ at_local }})
{%- endmacro %}
{% macro postgres__utc_timestamp(at_local, timezone) -%}
    (({{ at_local }} at time zone {{ timezone }}) at time zone 'UTC')
{%- endmacro %}
{% macro duckdb__utc_timestamp(at_local, timezone) -%}
    (({{ at_local }} at time zone {{ timezone }}) at time zone 'UTC')
{%- endmacro %}

{# The local date of a UTC timestamp, by a row of int_timezones__days joined as `zone` on its UTC date. #}
{% macro zone_date(at_utc, zone) -%}
    case when {{ at_utc }} < {{ zone }}.next_local_day_at then {{ zone }}.local_date else {{ zone }}.next_local_date end
{%- endmacro %}
