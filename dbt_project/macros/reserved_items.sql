{# Whether an item is one of the reserved values that stand for no work of a known type. #}
{% macro is_reserved_item(work_item_key) -%}
    (
        {{ work_item_key }} in ('UNATTRIBUTED', 'LEAVE', 'NO_CAPACITY', 'UNALLOCATED')
        or {{ work_item_key }} like 'COST:%'
    )
{%- endmacro %}
