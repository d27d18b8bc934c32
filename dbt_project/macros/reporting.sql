{# The key under which a person appears in a workbook: the id where names are shown, else the pseudonym. #}
{% macro person_key(person_id, display_name) -%}
    case
        when {{ person_id }} = 'NONE' then 'NONE'
        when (select person_names from {{ ref('int_settings__run') }}) = 'name' then {{ person_id }}
        else coalesce({{ display_name }}, {{ person_id }})
    end
{%- endmacro %}

{# The fiscal year of a day, named after the calendar year in which it ends. #}
{% macro fiscal_year_of(day_value, start_month) -%}
    extract(year from {{ day_value }})
    + case when {{ start_month }} > 1 and extract(month from {{ day_value }}) >= {{ start_month }} then 1 else 0 end
{%- endmacro %}

{# The type of journal entry that capitalises a nature of cost. #}
{% macro journal_type(nature) -%}
    case {{ nature }}
        when 'labour' then 'J1'
        when 'stock_compensation' then 'J1b'
        when 'contractor' then 'J2'
        when 'ai' then 'J3'
        when 'interest' then 'J4'
        else 'J-other'
    end
{%- endmacro %}

{# The host of a web address. #}
{% macro host_of(address) -%}
    lower({{ dbt.split_part(dbt.split_part(address, "'://'", 2), "'/'", 1) }})
{%- endmacro %}

{# Monday-to-Friday days from the first to the last day of a month: four weeks have twenty, the rest is counted. #}
{% macro weekdays_of_month(first_date, last_date) -%}
    (20
    {%- for offset in [28, 29, 30] %}
    + case
        when {{ dbt.datediff(first_date, last_date, 'day') }} >= {{ offset }}
            and {{ iso_weekday(dbt.dateadd('day', offset, first_date)) }} <= 5 then 1
        else 0
    end
    {%- endfor %})
{%- endmacro %}

{# The amount of an asset movement in reporting currency, at the month's closing rate. #}
{% macro closed() -%}
    {{ convert_money('movements.amount', 'rates.closing_rate', 'settings.minor_digits') }}
{%- endmacro %}

{# The sum of some movements of one balance of an asset. #}
{% macro moved(balance, movements, sign='') -%}
    cast(sum(case
        when movements.balance = '{{ balance }}' and movements.movement_type in ('{{ movements | join("', '") }}')
            then {{ sign }}movements.amount
        else 0
    end) as decimal(18, 2))
{%- endmacro %}

{# Rows of a relation by month that are of the run month. #}
{% macro of_run_month(facts) -%}
select facts.*
from {{ facts }} as facts
inner join {{ ref('dim_months') }} as months
    on facts.month_key = months.month_key and months.is_run_month
{%- endmacro %}
