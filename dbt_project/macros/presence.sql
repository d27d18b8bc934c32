{# A presence of 0 to 1 as an integer of 10^12 parts, so that splitting and comparing stay exact. #}
{% macro presence_units(presence) -%}cast({{ presence }} * 1000000 as bigint) * 1000000{%- endmacro %}

{# The whole of a presence of 1. #}
{% macro presence_whole() -%}1000000000000{%- endmacro %}

{# The form in which statuses are compared: without case and outer blanks. #}
{% macro status_key(status) -%}lower(trim({{ status }})){%- endmacro %}
