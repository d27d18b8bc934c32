{#-
  Rows of a mart as the books hold them: what is computed for open months, what was frozen for closed ones.

  Arguments:
    computed: relation or CTE with a month_key and the mart's columns
    mart:     name of the mart whose frozen rows stand beside; the model itself by default
    columns:  the columns wanted; those of the model's contract by default
-#}
{% macro open_and_closed(computed, mart=none, columns=none) -%}
    {%- set names = (columns or model.columns.keys() | list) | join(', ') -%}
    select {{ names }} from {{ computed }}
    where {{ is_open_month('month_key') }}
    union all
    select {{ names }} from {{ source('closed', mart or model.name) }}
{%- endmacro %}

{# Whether a month is open: what closed months froze is never computed for them. #}
{% macro is_open_month(month_key) -%}
    {{ month_key }} not in (select closed_months.month_key from {{ source('closed', 'months') }} as closed_months)
{%- endmacro %}

{# The first day that no closing covers; null while no month is closed. #}
{% macro first_open_date() -%}
    (
        select {{ shifted_date('max(closed_days.last_date)', 'day', 1) }}
        from {{ source('closed', 'months') }} as closed_months
        inner join {{ source('company', 'months') }} as closed_days on closed_months.month_key = closed_days.month_key
    )
{%- endmacro %}

{#-
  A date as the books count it: what a closing has counted stays; what was recorded later takes effect in the
  first open month, for a closed month is never booked again.
-#}
{% macro booked_date(frozen_date, computed_date) -%}
    case
        when {{ frozen_date }} is not null then {{ frozen_date }}
        when {{ computed_date }} is null or booked.first_open_date is null then {{ computed_date }}
        else greatest({{ computed_date }}, booked.first_open_date)
    end
{%- endmacro %}

{#-
  What the last run that computed a closed month found of it, for a run that keeps the month as it was closed.

  Arguments:
    found:   table of schema `closed` with month_key and event_id
    columns: the columns wanted
-#}
{% macro kept_comparison(found, columns) -%}
    select {% for column in columns %}earlier.{{ column }}{{ ', ' if not loop.last }}{% endfor %}
    from {{ source('closed', found) }} as earlier
    inner join {{ ref('int_drift__months') }} as kept_months
        on earlier.month_key = kept_months.month_key and earlier.event_id = kept_months.event_id
    where not kept_months.is_compared
{%- endmacro %}
