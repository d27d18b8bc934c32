{#- Tables and views that replace themselves in one statement.

    The adapter's own build a model beside the old one, rename twice and drop, because not every
    engine can replace a relation at once. DuckDB can, inside a transaction like any other
    statement; half of dbt's own time per model went into the rest. -#}

{% materialization table, adapter="duckdb" %}
    {%- set target = this.incorporate(type='table') -%}
    {%- do drop_relation_of_another_type(target) -%}
    {{ run_hooks(pre_hooks) }}
    {% call statement('main') -%}
        {%- if config.get('contract').enforced -%}
            {{ get_assert_columns_equivalent(compiled_code) }}
            create or replace table {{ target }} {{ get_table_columns_and_constraints() }};
            insert into {{ target }} {{ get_column_names() }} (
                {{ get_select_subquery(compiled_code) }}
            );
        {%- else -%}
            create or replace table {{ target }} as (
                {{ compiled_code }}
            );
        {%- endif -%}
    {%- endcall %}
    {{ run_hooks(post_hooks) }}
    {{ adapter.commit() }}
    {{ return({'relations': [target]}) }}
{% endmaterialization %}

{% materialization view, adapter="duckdb" %}
    {%- set target = this.incorporate(type='view') -%}
    {%- do drop_relation_of_another_type(target) -%}
    {{ run_hooks(pre_hooks) }}
    {% call statement('main') -%}
        {%- if config.get('contract').enforced -%}
            {{ get_assert_columns_equivalent(compiled_code) }}
        {%- endif -%}
        create or replace view {{ target }} as (
            {{ compiled_code }}
        );
    {%- endcall %}
    {{ run_hooks(post_hooks) }}
    {{ adapter.commit() }}
    {{ return({'relations': [target]}) }}
{% endmaterialization %}

{% macro drop_relation_of_another_type(target) %}
    {%- set existing = load_cached_relation(target) -%}
    {%- if existing is not none and existing.type != target.type -%}
        {{ drop_relation_if_exists(existing) }}
    {%- endif -%}
{% endmacro %}

{# Count what a table holds, on an engine whose planner asks for it. #}
{% macro counted_rows(relation) -%}{{ return(adapter.dispatch('counted_rows')(relation)) }}{%- endmacro %}
{% macro default__counted_rows(relation) -%}{%- endmacro %}
{% macro postgres__counted_rows(relation) -%}
    {%- if model.config.materialized == 'table' %}analyze {{ relation }}{% endif -%}
{%- endmacro %}

{% materialization table, adapter="spark" %}
    {%- set target = this.incorporate(type='table') -%}
    {{ run_hooks(pre_hooks) }}
    {% call statement('drop') -%} drop table if exists {{ target }} {%- endcall %}
    {% call statement('main') -%} {{ create_table_as(false, target, compiled_code) }} {%- endcall %}
    {{ run_hooks(post_hooks) }}
    {{ return({'relations': [target]}) }}
{% endmaterialization %}
