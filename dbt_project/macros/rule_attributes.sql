{# Attributes that policy rules may name: the field of a condition → the column of a described case. #}
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

{# What a decision may look at in a cost row; rows that are alike in it are decided alike. #}
{% macro cost_kind_columns() -%}
    {{ return([
        'pay_component', 'role_class', 'worker_type', 'work_country', 'scope', 'asset_class', 'budget',
        'rule_component_id', 'rule_value_stream_id', 'override_id', 'has_component', 'is_spread_by_ledger',
        'is_repository',
    ]) }}
{%- endmacro %}
