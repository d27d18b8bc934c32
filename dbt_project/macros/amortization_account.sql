{# What customers use is amortised to cost of revenue, what the company uses to operating expense (ruling 19). #}
{% macro amortization_account_key(scope) -%}
    case
        when {{ scope }} = 'cca' then 'cca_expense'
        when {{ scope }} in ('hosted', 'external_sale') then 'amortization_cost_of_revenue'
        else 'amortization_opex'
    end
{%- endmacro %}
