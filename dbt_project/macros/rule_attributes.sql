{# Attributes that policy rules may name: the field of a condition → the column of a described segment. #}
{% macro rule_attributes() -%}
    {{ return({
        'activity': 'activity',
        'item_type': 'rule_item_type',
        'label': 'rule_labels',
        'role_class': 'role_class',
        'worker_type': 'worker_type',
        'pay_component': 'pay_component',
        'evidence_tier': 'evidence_tier',
        'scope': 'scope',
        'asset_class': 'asset_class',
        'value_stream_id': 'rule_value_stream_id',
        'component_id': 'rule_component_id',
        'work_country': 'work_country',
        'window': 'window_state',
    }) }}
{%- endmacro %}
