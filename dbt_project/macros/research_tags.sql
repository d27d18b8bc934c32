{#
    Parallel tags of a cost row for tax schedules; none of them touches the book result.

    Software development in the sense of sections 174 and 174A reaches from planning to the tests before release;
    maintenance, training and data conversion are outside.
#}
{% macro is_software_development(activity) -%}
    case
        when {{ activity }} in ('development', 'conversion_software', 'spike', 'refactoring', 'planning') then 'yes'
        else 'no'
    end
{%- endmacro %}

{# How somebody takes part in research: section 41 asks for direct work, supervision and support apart. #}
{% macro research_role(pay_component, worker_type, role_class) -%}
    case
        when {{ pay_component }} like 'other_%' or {{ pay_component }} like 'ai_%' then 'supplies'
        when {{ worker_type }} = 'contractor' or {{ pay_component }} = 'contractor_invoice' then 'contract'
        when {{ worker_type }} = 'affiliate' then 'affiliate'
        when {{ role_class }} in ('engineer', 'qa', 'designer') then 'direct'
        when {{ role_class }} in ('manager', 'product') then 'supervision'
        else 'support'
    end
{%- endmacro %}

{# The place of a row among the pay components of one piece of work: minutes count on the first. #}
{% macro pay_rank(relation) -%}
    dense_rank() over (
        partition by {% for column in cost_row_grain() %}{{ relation }}.{{ column }}{{ ', ' if not loop.last }}{% endfor %}
        order by
            case
                when {{ relation }}.pay_component = 'salary' then 0
                when {{ relation }}.cost_line_id = 'NONE' then 1
                else 2
            end,
            {{ relation }}.pay_component, {{ relation }}.cost_line_id
    )
{%- endmacro %}
