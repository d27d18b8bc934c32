{# The columns that effort and cost share: minutes with the same values carry the same cost rows. #}
{% macro cost_row_grain() -%}
    {{ return([
        'person_id', 'month_key', 'entity', 'cost_center', 'work_country', 'worker_type', 'role_class', 'team',
        'work_item_key', 'value_stream_id', 'component_id',
    ]) }}
{%- endmacro %}

{# Equality of two relations on the columns that effort and cost share. #}
{% macro same_cost_row(left_relation, right_relation) -%}
    {%- for column in cost_row_grain() -%}
        {{ left_relation }}.{{ column }} = {{ right_relation }}.{{ column }}{{ ' and ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}

{# Equality of two relations on what minutes of a spell carry cost by (`int_pay__carrying_effort`). #}
{% macro same_carrying_effort(left_relation, right_relation) -%}
    {%- for column in ['spell_number', 'month_key', 'item_number', 'value_stream_id', 'component_id'] -%}
        {{ left_relation }}.{{ column }} = {{ right_relation }}.{{ column }}{{ ' and ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}
