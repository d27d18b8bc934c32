{# One row per element of a JSON text list, beside the columns kept; an empty list gives no row. #}
{% macro exploded_list(relation, columns, list_column, element) -%}
    {{ return(adapter.dispatch('exploded_list')(relation, columns, list_column, element)) }}
{%- endmacro %}

{% macro default__exploded_list(relation, columns, list_column, element) -%}
select {{ columns | join(', ') }}, {{ element }}
from {{ relation }}
lateral view explode(from_json({{ list_column }}, 'array<string>')) exploded as {{ element }}
{%- endmacro %}

{% macro postgres__exploded_list(relation, columns, list_column, element) -%}
select {{ columns | join(', ') }}, {{ element }}
from {{ relation }}
cross join lateral jsonb_array_elements_text({{ json_document(list_column) }}) as {{ element }}
{%- endmacro %}

{% macro duckdb__exploded_list(relation, columns, list_column, element) -%}
select {{ columns | join(', ') }}, unnest(cast(json({{ list_column }}) as varchar[])) as {{ element }}
from {{ relation }}
{%- endmacro %}
