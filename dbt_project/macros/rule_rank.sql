{# Level first, then the order of the file: one number to take the least of. #}
{% macro rule_rank(level_number, rule_order) -%}cast({{ level_number }} * 1000000 + {{ rule_order }} as integer){%- endmacro %}

{# The rule's place in the file, of a rank. #}
{% macro ranked_rule_order(rank) -%}({{ rank }} % 1000000){%- endmacro %}
