{# The part of a work item's key that a source numbers in: the project of KEY-1, the repository of owner/repo#1. #}
{% macro key_namespace(item_key) -%}{{ return(adapter.dispatch('key_namespace')(item_key)) }}{%- endmacro %}
{% macro default__key_namespace(item_key) -%}
    regexp_replace({{ item_key }}, '(#|-)[0-9]+$', '')
{%- endmacro %}

{# Join the namespaces that several sources share, for one key of a row; named `<key>_shared`. #}
{% macro join_shared_namespace(rows, key, item_key=none) -%}
    left join shared as {{ key }}_shared
        on {{ rows }}.source = {{ key }}_shared.source
        and {{ key_namespace(item_key or rows ~ '.' ~ key) }} = {{ key }}_shared.namespace
{%- endmacro %}

{# The global form of a key, after `join_shared_namespace`: with the source before it where another source could give the same. #}
{% macro global_key(rows, key) -%}
    case
        when {{ key }}_shared.namespace is null then {{ rows }}.{{ key }}
        else {{ rows }}.source || ':' || {{ rows }}.{{ key }}
    end
{%- endmacro %}
