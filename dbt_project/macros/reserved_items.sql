{# Whether an item is one of the reserved values that stand for no work of a known type. #}
{% macro is_reserved_item(work_item_key) -%}
    (
        {{ work_item_key }} in ('UNATTRIBUTED', 'LEAVE', 'NO_CAPACITY', 'UNALLOCATED')
        or {{ work_item_key }} like 'COST:%'
    )
{%- endmacro %}

{# The repository whose code an item `REPO:<repository>` stands for; null for any other item. #}
{% macro repository_of_item(work_item_key) -%}
    case when {{ work_item_key }} like 'REPO:%' then substring({{ work_item_key }}, 6) end
{%- endmacro %}

{# What a row of evidence stands on: an act, else that the item is open. #}
{% macro open_reference(evidence, item) -%}
    coalesce({{ evidence }}.evidence_ref, 'open:' || {{ item }}.work_item_key)
{%- endmacro %}
