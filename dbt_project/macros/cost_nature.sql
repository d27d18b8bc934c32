{# The nature under which a capitalised cost stands in the roll-forward and in its journal entry. #}
{% macro cost_nature(pay_component, worker_type) -%}
    case
        when {{ pay_component }} = 'stock_compensation' then 'stock_compensation'
        when {{ pay_component }} = 'other_interest' then 'interest'
        when {{ pay_component }} like 'ai_%' then 'ai'
        when {{ pay_component }} like 'other_%' then 'other'
        when {{ pay_component }} = 'contractor_invoice' or {{ worker_type }} = 'contractor' then 'contractor'
        else 'labour'
    end
{%- endmacro %}
